package dev.afterimage.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.afterimage.core.event.Actor;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditContextTest {

    @AfterEach
    void noScopeIsLeft() {
        assertThat(AuditContext.current()).isNull();
    }

    @Test
    void aScopeSaysWhoActs() {
        try (AuditContext.Scope scope = AuditContext.actor("alice")
                .tenant("north")
                .reason("price corrected")
                .requestId("r-1")
                .attribute("screen", "prices")
                .open()) {
            assertThat(scope).isNotNull();
            assertThat(AuditContext.current())
                    .isEqualTo(new Actor("alice", "north", "price corrected", "r-1", Map.of("screen", "prices")));
        }
    }

    @Test
    void theOuterScopeIsBackWhenTheInnerOneIsClosed() {
        AuditContext.Scope outer = AuditContext.actor("outer").open();
        AuditContext.Scope inner = AuditContext.actor("inner").open();
        assertThat(name()).isEqualTo("inner");

        inner.close();
        assertThat(name()).isEqualTo("outer");

        outer.close();
    }

    @Test
    void closingTwiceChangesNothing() {
        AuditContext.Scope outer = AuditContext.actor("outer").open();
        AuditContext.Scope inner = AuditContext.actor("inner").open();

        inner.close();
        inner.close();

        assertThat(name()).isEqualTo("outer");
        outer.close();
    }

    @Test
    void closingTheOuterScopeEndsTheInnerOne() {
        AuditContext.Scope outer = AuditContext.actor("outer").open();
        AuditContext.Scope inner = AuditContext.actor("inner").open();

        outer.close();
        assertThat(AuditContext.current()).isNull();

        inner.close();
    }

    @Test
    void aScopeBelongsToItsThread() {
        AuditContext.Scope scope = AuditContext.actor("alice").open();

        CompletableFuture<@Nullable Actor> elsewhere = CompletableFuture.supplyAsync(() -> {
            Actor seen = AuditContext.current();
            scope.close();
            return seen;
        });

        assertThat(elsewhere.join()).isNull();
        assertThat(name()).isEqualTo("alice");
        scope.close();
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void aMissingActorIsRefusedAtOnce() {
        assertThatNullPointerException().isThrownBy(() -> AuditContext.open(null));
        assertThatNullPointerException().isThrownBy(() -> AuditContext.actor(null));
    }

    private static @Nullable String name() {
        Actor actor = AuditContext.current();
        return actor == null ? null : actor.name();
    }
}
