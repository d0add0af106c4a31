package dev.afterimage.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WallClockTest {

    private static final long MINUTE = 60_000_000_000L;

    private long nanos = 5_000;
    private long machine = 1_000_000;
    private final WallClock clock = new WallClock(() -> nanos, () -> machine);

    @Test
    void nanosecondsBecomeMicrosecondsSince1970() {
        assertThat(clock.micros(5_000)).isEqualTo(1_000_000);
        assertThat(clock.micros(8_999)).isEqualTo(1_000_003);
        assertThat(clock.micros(3_000)).isEqualTo(999_998);
    }

    @Test
    void momentsBeforeTheBaseKeepTheirOrder() {
        assertThat(clock.micros(4_500)).isLessThan(clock.micros(5_000));
    }

    @Test
    void theMachinesClockIsNotFollowedWithinAMinute() {
        nanos += MINUTE;
        machine += 99;

        clock.adjust();

        assertThat(clock.micros(5_000)).isEqualTo(1_000_000);
    }

    @Test
    void aMachinesClockThatWasSetForwardIsFollowed() {
        nanos += 2 * MINUTE;
        machine += 120_000_000 + 1_000;

        clock.adjust();

        assertThat(clock.micros(nanos)).isEqualTo(machine);
    }

    @Test
    void aMachinesClockThatWasSetBackIsNotFollowed() {
        long before = clock.micros(nanos + 2 * MINUTE);
        nanos += 2 * MINUTE;
        machine -= 3_600_000_000L;

        clock.adjust();

        assertThat(clock.micros(nanos)).isEqualTo(before);
    }
}
