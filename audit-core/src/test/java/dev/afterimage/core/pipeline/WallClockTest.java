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
    void aMachinesClockThatWasSetIsNotFollowed() {
        nanos += MINUTE;
        machine -= 3_600_000_000L;

        assertThat(clock.micros(5_000)).isEqualTo(1_000_000);
        assertThat(clock.micros(nanos)).isEqualTo(61_000_000);
    }

    @Test
    void howFarTheMachinesClockWasSetIsTold() {
        assertThat(clock.behindMachine()).isZero();

        nanos += MINUTE;
        machine += 60_000_000 + 250;

        assertThat(clock.behindMachine()).isEqualTo(250);
    }

    /** As in a JVM that loads classes for the first reading: two processes would differ by milliseconds. */
    @Test
    void readingsThatWereHeldUpDoNotCount() {
        long[] now = {0};
        int[] readings = {0};
        WallClock heldUp = new WallClock(() -> now[0], () -> {
            long micros = now[0] / 1_000;
            now[0] += readings[0]++ < 3 ? 5_000_000 : 0;
            return micros;
        });

        assertThat(heldUp.micros(now[0])).isEqualTo(now[0] / 1_000);
    }
}
