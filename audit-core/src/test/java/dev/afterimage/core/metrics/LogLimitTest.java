package dev.afterimage.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogLimitTest {

    /** Near the end of the range, where the clock runs over. */
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    private final LogLimit limit = new LogLimit(now::get);

    @Test
    void oneLineInTenSecondsIsAllowed() {
        assertThat(limit.allows()).isTrue();
        assertThat(limit.allows()).isFalse();

        now.addAndGet(TimeUnit.SECONDS.toNanos(10) - 1);
        assertThat(limit.allows()).isFalse();

        now.incrementAndGet();
        assertThat(limit.allows()).isTrue();
        assertThat(limit.allows()).isFalse();
    }

    @Test
    void ofManyThreadsOneIsAllowed() {
        assertThat(IntStream.range(0, 10_000)
                        .parallel()
                        .filter(i -> limit.allows())
                        .count())
                .isOne();
    }
}
