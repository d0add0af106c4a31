package dev.afterimage.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActorTest {

    private static final Actor ACTOR = new Actor("name", "tenant", "reason", "request", Map.of("key", "value"));

    @Test
    void actorsOfTheSameValuesAreEqual() {
        Actor same = new Actor("name", "tenant", "reason", "request", Map.of("key", "value"));

        assertThat(same).isEqualTo(ACTOR).hasSameHashCodeAs(ACTOR);
        assertThat(new Actor(null, null, null, null, Map.of())).isEqualTo(Actor.UNKNOWN);
    }

    @Test
    void eachValueTellsActorsApart() {
        List<Actor> others = List.of(
                new Actor(null, "tenant", "reason", "request", Map.of("key", "value")),
                new Actor("name", "other", "reason", "request", Map.of("key", "value")),
                new Actor("name", "tenant", null, "request", Map.of("key", "value")),
                new Actor("name", "tenant", "reason", "other", Map.of("key", "value")),
                new Actor("name", "tenant", "reason", "request", Map.of("key", "other")));

        assertThat(others).doesNotContain(ACTOR).doesNotHaveDuplicates();
        assertThat(ACTOR).isNotEqualTo("name");
    }
}
