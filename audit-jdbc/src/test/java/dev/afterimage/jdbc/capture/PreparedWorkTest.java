package dev.afterimage.jdbc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.pipeline.Source;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.table.Tables;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Prepared work is told once, whoever ends it, and is never kept for good. */
class PreparedWorkTest {

    private static final int MANY = 2_000;

    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private final AuditTrail trail =
            AuditTrail.start(AuditConfiguration.of(Map.of("audit.transaction.max-bytes", "1MiB")), new Collecting());
    private final PreparedWork prepared = new PreparedWork(trail, "shop");
    private final Capture capture = new Capture(
            trail, new Source("shop", new NoTables(), null), SqlDialect.POSTGRESQL, 0, prepared, () -> null, null);

    /** A piece of work that can be told from others by the text of a gap. */
    private OpenWork work(String text) {
        OpenWork work = new OpenWork(capture);
        work.gap(GapReason.UNWRAPPED, 1, text);
        return work;
    }

    private List<String> told() {
        return events.stream().map(event -> ((Gap) event).detail()).toList();
    }

    @Test
    void endedByItsName() {
        prepared.keep("a", work("one"));
        prepared.keep("b", work("two"));
        assertThat(prepared.end("b", BranchEnd.COMMITTED, 1, 2)).isTrue();
        assertThat(prepared.end("a", BranchEnd.ROLLED_BACK, 1, 2)).isTrue();
        assertThat(prepared.end("a", BranchEnd.COMMITTED, 1, 2)).isFalse();
        trail.close();
        assertThat(told()).containsExactly("two");
    }

    @Test
    void whatStillWaitsIsToldAtTheEnd() {
        prepared.keep("a", work("one"));
        prepared.keep("read only", null);
        trail.close();
        assertThat(told()).containsExactly("one", "Prepared transaction a had not ended when the trail did");
    }

    @Test
    void aNameThatIsPreparedAgain() {
        prepared.keep("a", work("one"));
        prepared.keep("a", work("two"));
        prepared.end("a", BranchEnd.COMMITTED, 1, 2);
        trail.close();
        assertThat(told()).hasSize(3).startsWith("one").endsWith("two");
    }

    @Test
    void whatThereIsNoRoomForIsToldAtOnce() {
        for (int i = 0; i < 5; i++) {
            OpenWork large = work("x".repeat(900_000));
            prepared.keep(i, large);
        }
        assertThat(trail.flush(Duration.ofSeconds(60))).isTrue();
        assertThat(told()).anyMatch(detail -> detail.contains("too much to keep"));
        trail.close();
    }

    @Test
    void theEndOfTheTrailAndTheEndsOfTransactionsMeet() throws InterruptedException {
        for (int i = 0; i < MANY; i++) {
            prepared.keep(i, work("w" + i));
        }
        CountDownLatch half = new CountDownLatch(MANY / 2);
        Thread ending = new Thread(() -> {
            for (int i = 0; i < MANY; i++) {
                prepared.end(i, BranchEnd.COMMITTED, 1, 2);
                half.countDown();
            }
        });
        ending.start();
        half.await();
        trail.close();
        ending.join();
        List<String> works =
                told().stream().filter(detail -> detail.startsWith("w")).toList();
        assertThat(works).doesNotHaveDuplicates();
        assertThat(works.size() + trail.counters().snapshot().droppedRecords()).isEqualTo(MANY);
    }

    private final class Collecting implements Sink {
        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            events.addAll(batch);
            return CompletableFuture.completedFuture(Delivery.COMPLETE);
        }

        @Override
        public void close() {}
    }

    private static final class NoTables implements Tables {
        @Override
        public @Nullable Table find(TableName name) {
            return null;
        }

        @Override
        public void forget() {}
    }
}
