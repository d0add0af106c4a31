package dev.afterimage.core;

import dev.afterimage.core.event.Actor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who acts, and why, for the changes that a block of code makes:
 *
 * <pre>{@code
 * try (var scope = AuditContext.actor("alice").tenant("north").reason("price corrected").open()) {
 *     listings.update(...);
 * }
 * }</pre>
 *
 * <p>A scope belongs to the thread that opened it and must be closed there; scopes nest, and the outer one is back in
 * force when the inner one is closed. Where a request's user is known elsewhere (a security framework), give the data
 * source a callback instead: it is asked when no scope is open.
 */
public final class AuditContext {

    private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

    private AuditContext() {}

    /** Begins to describe a context by its acting user. */
    public static Builder actor(String name) {
        return new Builder(Objects.requireNonNull(name, "name"));
    }

    /** The actor of the innermost open scope of this thread; null if there is none. */
    public static @Nullable Actor current() {
        Scope scope = CURRENT.get();
        return scope == null ? null : scope.actor;
    }

    /** Opens a scope for an actor that was described before. */
    public static Scope open(Actor actor) {
        Scope scope = new Scope(Objects.requireNonNull(actor, "actor"), CURRENT.get());
        CURRENT.set(scope);
        return scope;
    }

    /** Describes a context. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private @Nullable String tenant;
        private @Nullable String reason;
        private @Nullable String requestId;
        private final Map<String, String> attributes = new LinkedHashMap<>();

        private Builder(String name) {
            this.name = name;
        }

        /** The tenant on whose behalf. */
        public Builder tenant(String tenant) {
            this.tenant = tenant;
            return this;
        }

        /** Why, in the user's words. */
        public Builder reason(String reason) {
            this.reason = reason;
            return this;
        }

        /** The request, trace or job. */
        public Builder requestId(String requestId) {
            this.requestId = requestId;
            return this;
        }

        /** Anything else worth keeping. */
        public Builder attribute(String name, String value) {
            attributes.put(name, value);
            return this;
        }

        /** The description alone, to be opened later or returned by a callback. */
        public Actor build() {
            return new Actor(name, tenant, reason, requestId, attributes);
        }

        /** Opens a scope on this thread. */
        public Scope open() {
            return AuditContext.open(build());
        }
    }

    /** A block of code with its actor. Closed by the thread that opened it. */
    public static final class Scope implements AutoCloseable {
        private final Actor actor;
        private final @Nullable Scope outer;

        private Scope(Actor actor, @Nullable Scope outer) {
            this.actor = actor;
            this.outer = outer;
        }

        /** Ends the scope. Closing it twice, or after an outer one, changes nothing. */
        @Override
        public void close() {
            for (Scope open = CURRENT.get(); open != null; open = open.outer) {
                if (open == this) {
                    if (outer == null) {
                        CURRENT.remove();
                    } else {
                        CURRENT.set(outer);
                    }
                    return;
                }
            }
        }
    }
}
