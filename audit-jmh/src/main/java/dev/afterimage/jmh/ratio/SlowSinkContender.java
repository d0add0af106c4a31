package dev.afterimage.jmh.ratio;

import dev.afterimage.jmh.SlowSink;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Eight threads and a sink that is slower. */
record SlowSinkContender() implements Contender {

    /** Metric: the longest time in which a thread was held, as a part of what was configured. */
    static final String LONGEST = "longest";

    /** Metric: transactions that neither the sink nor a gap tells of. */
    static final String UNACCOUNTED = "unaccounted";

    private static final Duration TIME = Duration.ofSeconds(5);
    private static final Duration ALLOWED = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofMillis(250);

    @Override
    public String name() {
        return "afterimage";
    }

    @Override
    public String key() {
        return "SlowSink";
    }

    @Override
    public Map<String, Double> measure() throws MeasurementFailedException {
        try {
            SlowSink.Answer answer = SlowSink.run(TIME, ALLOWED, PAUSE);
            return Map.of(
                    LONGEST, (double) answer.longest() / answer.allowed(), UNACCOUNTED, (double) answer.unaccounted());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementFailedException(key(), e);
        } catch (ExecutionException | RuntimeException e) {
            throw new MeasurementFailedException(key(), e);
        }
    }
}
