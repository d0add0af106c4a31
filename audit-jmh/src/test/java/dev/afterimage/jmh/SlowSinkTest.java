package dev.afterimage.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class SlowSinkTest {

    /** How long a thread was held is for the quiet machine to tell; that something was dropped shows that it was held. */
    @Test
    void everyTransactionOfEightThreadsIsAccountedFor() throws InterruptedException, ExecutionException {
        SlowSink.Answer answer = SlowSink.run(Duration.ofSeconds(1), Duration.ofMillis(20), Duration.ofMillis(250));

        assertThat(answer.unaccounted()).describedAs("%s", answer).isZero();
        assertThat(answer.dropped()).describedAs("%s", answer).isPositive();
        assertThat(answer.published()).describedAs("%s", answer).isPositive();
        assertThat(answer.longest()).describedAs("%s", answer).isGreaterThanOrEqualTo(answer.allowed());
    }
}
