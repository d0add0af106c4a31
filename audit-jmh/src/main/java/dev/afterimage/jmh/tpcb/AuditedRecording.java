package dev.afterimage.jmh.tpcb;

import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.jdbc.AuditDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** Afterimage around the pool. */
abstract class AuditedRecording implements Recording {

    private final HikariDataSource pool;
    private final DataSource dataSource;
    private final AuditTrail trail;

    AuditedRecording(HikariDataSource pool, AuditTrail trail) {
        this.pool = pool;
        this.trail = trail;
        this.dataSource = AuditDataSource.wrap(pool, trail);
    }

    @Override
    public final DataSource dataSource() {
        return dataSource;
    }

    @Override
    public OptionalLong arrived() {
        return OptionalLong.of(trail.counters().snapshot().delivered());
    }

    @Override
    public String trouble() {
        AuditCounters.Snapshot counters = trail.counters().snapshot();
        List<String> trouble = new ArrayList<>();
        tell(trouble, counters.droppedRecords(), "transactions dropped");
        tell(trouble, counters.failures(), "failures");
        tell(trouble, counters.refused(), "events refused");
        tell(trouble, counters.retries(), "batches sent again");
        tell(trouble, counters.fenceFailures(), "positions not read");
        return String.join(", ", trouble);
    }

    static void tell(List<String> trouble, long count, String what) {
        if (count > 0) {
            trouble.add(count + " " + what);
        }
    }

    /** The trail first: its last position is read through the pool. */
    @Override
    public void close() {
        trail.close();
        pool.close();
    }
}
