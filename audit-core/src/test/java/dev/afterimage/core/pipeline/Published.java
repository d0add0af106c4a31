package dev.afterimage.core.pipeline;

import static dev.afterimage.core.pipeline.Captured.insert;
import static dev.afterimage.core.pipeline.Captured.parameter;
import static dev.afterimage.core.pipeline.Captured.set;

import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.StatementDescriptor;
import dev.afterimage.core.codec.TransactionWriter;
import dev.afterimage.core.codec.ValueCodec;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Gap;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Transactions of one inserted row each, and what became of them. */
final class Published {

    private static final byte[] INSERT = encoded();

    private Published() {}

    private static byte[] encoded() {
        ByteWriter bytes = new ByteWriter(64);
        new StatementDescriptor("insert", 1, List.of(insert("item", 1, set("id", parameter(1)))), null).encode(bytes);
        return Arrays.copyOf(bytes.array(), bytes.length());
    }

    static void publish(Pipeline pipeline, int source, long id) {
        publish(pipeline, source, id, 0);
    }

    /** As the other, with room that was reserved. */
    static void publish(Pipeline pipeline, int source, long id, long reserved) {
        TransactionWriter writer = writer(id);
        long now = System.nanoTime();
        pipeline.publisher().publish(source, writer, false, now, now, reserved, Publisher.NOT_ANNOUNCED);
    }

    static TransactionWriter writer(long id) {
        TransactionWriter writer = new TransactionWriter(256);
        writer.beginStatement(System.nanoTime(), 1, INSERT);
        writer.beginRow(1);
        ValueCodec.putInteger(writer.values(), id);
        writer.endStatement();
        return writer;
    }

    /** The keys of the inserted rows, in the order of the events. */
    static List<Long> keys(List<AuditEvent> events) {
        return events.stream()
                .filter(Change.class::isInstance)
                .map(event -> ((Change) event).keyAfter())
                .map(key -> key == null ? -1L : Long.valueOf(key.values().get(0)))
                .toList();
    }

    static List<Gap> gaps(List<AuditEvent> events) {
        return events.stream()
                .filter(Gap.class::isInstance)
                .map(Gap.class::cast)
                .toList();
    }

    static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
