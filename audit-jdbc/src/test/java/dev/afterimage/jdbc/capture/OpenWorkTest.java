package dev.afterimage.jdbc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.jdbc.capture.CapturePlan.WriteStep;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What open work knows of the time before its commit. */
class OpenWorkTest {

    private static final long EARLIER = 1_000_000;

    private final TestCapture test = new TestCapture(SqlDialect.POSTGRESQL, Map.of());
    private final WriteStep write =
            (WriteStep) test.capture().plan("UPDATE account SET owner = 'a'").steps()[0];
    private final OpenWork work = new OpenWork(test.capture());
    private final long begun = System.nanoTime();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aCommitIsAskedForAfterTheLastStatement() {
        work.append(write, null, 1, begun - 2 * EARLIER);
        work.append(write, null, 1, begun - EARLIER);

        assertThat(work.endedNanos()).isEqualTo(begun - EARLIER);
    }

    @Test
    void whereNoStatementIsLeftItIsAskedForNow() {
        assertThat(work.endedNanos() - begun).isNotNegative();

        work.savepoint(null, "s");
        work.append(write, null, 1, begun - EARLIER);
        work.rollBackTo(null, "s");
        assertThat(work.endedNanos() - begun).isNotNegative();

        work.append(write, null, 1, begun - EARLIER);
        work.discard();
        assertThat(work.endedNanos() - begun).isNotNegative();
    }
}
