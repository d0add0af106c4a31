package dev.afterimage.jmh.tpcb;

import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/** Afterimage as far as its sink, which counts: with default settings, or with another durability. */
final class CountingSinkVariant implements Variant {

    static final String NAME = "afterimage";

    private static final String DEFAULT_DURABILITY = "process";
    private static final String OUTBOX = Schema.NAME + ".afterimage_outbox";

    private final String durability;
    private final Path spool;

    private CountingSinkVariant(String durability, Path files) {
        this.durability = durability;
        this.spool = files.resolve("afterimage-spool");
    }

    /** The default, whose name says nothing of it. */
    static CountingSinkVariant byDefault(Path files) {
        return new CountingSinkVariant(DEFAULT_DURABILITY, files);
    }

    /**
     * One that is named after its durability.
     *
     * @param files what it keeps on disk lies beside what the database keeps there
     */
    static CountingSinkVariant of(String durability, Path files) {
        return new CountingSinkVariant(durability, files);
    }

    @Override
    public String name() {
        return durability.equals(DEFAULT_DURABILITY) ? NAME : NAME + "-" + durability;
    }

    @Override
    public Kind kind() {
        return Kind.OURS;
    }

    @Override
    public String note() {
        return "capture, ring and background thread with audit.durability=" + durability + "; the sink counts";
    }

    @Override
    public Recording open(Database database, Condition condition) throws SQLException {
        // Else its dead rows would be this measurement's: nothing vacuums them.
        database.execute(List.of("drop table if exists " + OUTBOX + ", " + OUTBOX + "_relay"));
        CountingSink sink = new CountingSink();
        AuditConfiguration configuration = AuditConfiguration.of(Map.of(
                "audit.source",
                "tpcb",
                "audit.durability",
                durability,
                "audit.spool.directory",
                spool.toString(),
                "audit.outbox.table",
                OUTBOX));
        return new Counted(database.pool(condition), AuditTrail.start(configuration, sink), sink);
    }

    private static final class Counted extends AuditedRecording {
        private final CountingSink sink;

        Counted(HikariDataSource pool, AuditTrail trail, CountingSink sink) {
            super(pool, trail);
            this.sink = sink;
        }

        @Override
        public OptionalLong recorded() {
            return OptionalLong.of(sink.exact.sum());
        }

        @Override
        public String trouble() {
            long others = sink.others.sum();
            return others == 0 ? super.trouble() : super.trouble() + " " + others + " events without a known row";
        }
    }

    /** Counts what the trail knows exactly apart from what it does not. */
    private static final class CountingSink implements Sink {
        private final LongAdder exact = new LongAdder();
        private final LongAdder others = new LongAdder();

        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            int known = 0;
            for (AuditEvent event : batch) {
                if (event instanceof Change change
                        && change.isRowLevel()
                        && change.transaction().outcome() == Outcome.COMMITTED) {
                    known++;
                }
            }
            exact.add(known);
            others.add(batch.size() - known);
            return CompletableFuture.completedFuture(Delivery.COMPLETE);
        }

        @Override
        public void close() {}
    }
}
