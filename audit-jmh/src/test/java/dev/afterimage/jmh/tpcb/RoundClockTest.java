package dev.afterimage.jmh.tpcb;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RoundClockTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final RoundClock clock = new RoundClock(Duration.ofSeconds(100), nanos::get);

    private void round(boolean rivals, long seconds) {
        clock.begin();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        clock.end(rivals);
    }

    @Test
    void aRoundIsBegunOnlyIfOneOfItsKindWouldFit() {
        round(true, 60);
        round(false, 10);
        assertThat(clock.hasTimeFor(true)).isFalse();
        assertThat(clock.hasTimeFor(false)).isTrue();
    }

    @Test
    void theFirstRoundIsAlwaysBegun() {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1000));
        assertThat(clock.hasTimeFor(true)).isTrue();
        round(true, 1);
        assertThat(clock.hasTimeFor(false)).isFalse();
    }
}
