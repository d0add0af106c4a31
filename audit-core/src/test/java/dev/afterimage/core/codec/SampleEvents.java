package dev.afterimage.core.codec;

import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.table.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random events, every case of each, numbered densely. */
public final class SampleEvents {

    private final Random random;
    private final Sample sample;
    private long sequence;

    public SampleEvents(Random random) {
        this.random = random;
        this.sample = new Sample(random);
    }

    public List<AuditEvent> events(int count) {
        List<AuditEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event());
        }
        return events;
    }

    public AuditEvent event() {
        EventId id = new EventId(7, ++sequence);
        return random.nextInt(5) == 0
                ? new Gap(
                        id,
                        sample.text(),
                        sample.reason(),
                        sample.text(),
                        sample.number(),
                        sample.number(),
                        sample.actor())
                : change(id);
    }

    private Change change(EventId id) {
        RowKey key = maybe(this::key);
        return new Change(
                id,
                sample.text(),
                new TransactionInfo(
                        sample.number(), random.nextInt(), random.nextInt(), sample.number(), any(Outcome.values())),
                any(Operation.values()),
                key == null ? maybe(this::table) : table(),
                key,
                maybe(this::key),
                sample.list(5, () -> new Assignment(sample.text(), sample.value())),
                sample.number(),
                sample.textOrNull(),
                sample.actor(),
                sample.number(),
                sample.number(),
                maybe(this::fence),
                maybe(sample::reason),
                maybe(this::image),
                maybe(this::image));
    }

    private TableName table() {
        return new TableName(sample.textOrNull(), sample.textOrNull(), sample.text());
    }

    private RowKey key() {
        List<RowKey.Part> parts = sample.list(2, () -> new RowKey.Part(sample.text(), sample.text()));
        parts.add(new RowKey.Part(sample.text(), sample.text()));
        return new RowKey(parts);
    }

    private Fence fence() {
        long a = sample.number();
        long b = sample.number();
        return new Fence(sample.text(), Math.min(a, b), Math.max(a, b));
    }

    private Image image() {
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            columns.put(sample.text(), sample.textOrNull());
        }
        return new Image(columns);
    }

    private <T> @Nullable T maybe(Supplier<T> supplier) {
        return random.nextInt(3) == 0 ? null : supplier.get();
    }

    private <T> T any(T[] of) {
        return of[random.nextInt(of.length)];
    }
}
