package dev.afterimage.jmh.tpcb;

import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;

/** Afterimage as far as its sink, which counts. */
final class CountingSinkVariant implements Variant {

    static final String NAME = "afterimage";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Kind kind() {
        return Kind.OURS;
    }

    @Override
    public String note() {
        return "capture, ring and background thread with default settings; the sink counts";
    }

    @Override
    public Recording open(Database database, Condition condition) {
        CountingSink sink = new CountingSink();
        return new Counted(
                database.pool(condition),
                AuditTrail.start(AuditConfiguration.of(Map.of("audit.source", "tpcb")), sink),
                sink);
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
