package dev.afterimage.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.jmh.driver.IdleDriver;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That each rival does the work that it is measured for. */
class RivalsTest {

    /** A hundred rows of a batch: p6spy tells them and then the batch, OpenTelemetry the batch alone. */
    @ParameterizedTest
    @CsvSource({
        "afterimage, 1, 1, 100",
        "p6spy, 1, 1, 101",
        "datasource-proxy, 1, 1, 100",
        "opentelemetry, 1, 1, 1",
        "raw, 0, 0, 0",
        "hikaricp, 0, 0, 0",
        "jdk-proxy, 0, 0, 0"
    })
    void capturesWhatIsChanged(String wrapper, long update, long round, long batch) throws SQLException {
        ApplicationThreadBenchmark work = new ApplicationThreadBenchmark();
        work.wrapper = wrapper;
        work.prepare();
        long begin = work.captured();

        assertThat(work.update()).isEqualTo(1);
        long afterUpdate = work.captured();
        assertThat(work.round()).isEqualTo(1);
        long afterRound = work.captured();
        assertThat(work.batch()).hasSize(100).containsOnly(1);
        long afterBatch = work.captured();
        assertThat(work.select()).isEqualTo(55 + 10 * "text".length());

        assertThat(afterUpdate - begin).isEqualTo(update);
        assertThat(afterRound - afterUpdate).isEqualTo(round);
        assertThat(afterBatch - afterRound).isEqualTo(batch);
        work.account();
    }

    @Test
    void openTelemetryRecordsTheParameters() throws SQLException {
        List<ReadableSpan> spans = new ArrayList<>();
        try (var connection = Rivals.openTelemetry(new IdleDriver(), collecting(spans))
                        .getConnection();
                var update = connection.prepareStatement(Accounts.UPDATE)) {
            update.setString(1, "somebody");
            update.executeUpdate();
        }

        assertThat(spans)
                .extracting(span -> span.getAttribute(AttributeKey.stringKey("db.query.parameter.0")))
                .contains("somebody");
    }

    private static SpanProcessor collecting(List<ReadableSpan> spans) {
        return new SpanProcessor() {
            @Override
            public void onStart(Context parent, ReadWriteSpan span) {}

            @Override
            public boolean isStartRequired() {
                return false;
            }

            @Override
            public void onEnd(ReadableSpan span) {
                spans.add(span);
            }

            @Override
            public boolean isEndRequired() {
                return true;
            }
        };
    }
}
