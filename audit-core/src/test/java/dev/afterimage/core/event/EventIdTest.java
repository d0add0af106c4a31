package dev.afterimage.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventIdTest {

    @Test
    void theTextHasSixteenDigitsForEveryInstance() {
        assertThat(new EventId(0xABC, 12)).hasToString("0000000000000abc:12");
        assertThat(new EventId(-1, 1)).hasToString("ffffffffffffffff:1");
        assertThat(new EventId(0, Long.MAX_VALUE)).hasToString("0000000000000000:9223372036854775807");
    }
}
