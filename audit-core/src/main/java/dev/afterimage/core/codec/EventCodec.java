package dev.afterimage.core.codec;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events as bytes that explain themselves: another process can read them. The package page draws them. An event comes
 * back as it was, but for unpaired surrogates in its texts, which become question marks.
 */
public final class EventCodec {

    static final int VERSION = 1;

    private static final int CHANGE = 1;
    private static final int GAP = 2;
    private static final int ABSENT = 0;
    private static final int PRESENT = 1;

    private EventCodec() {}

    /** Appends an event. */
    public static void put(ByteWriter to, AuditEvent event) {
        to.putByte(VERSION);
        if (event instanceof Change change) {
            to.putByte(CHANGE);
            putHead(to, event);
            putChange(to, change);
        } else if (event instanceof Gap gap) {
            to.putByte(GAP);
            putHead(to, event);
            to.putByte(Codes.of(gap.reason()));
            to.putText(gap.detail());
            to.putLong(gap.lost());
            to.putLong(gap.recordedAt());
            ActorCodec.put(to, gap.actor());
        }
    }

    private static void putHead(ByteWriter to, AuditEvent event) {
        to.putLong(event.id().instance());
        to.putLong(event.id().sequence());
        to.putText(event.source());
    }

    /**
     * Reads one event.
     *
     * @throws CorruptRecordException if the bytes are no event of a known version
     */
    public static AuditEvent get(ByteReader from) {
        int version = from.getByte();
        if (version != VERSION) {
            throw new CorruptRecordException("event version=" + version + " known=" + VERSION);
        }
        int kind = from.getByte();
        EventId id = new EventId(from.getLong(), from.getLong());
        String source = from.getText();
        try {
            return switch (kind) {
                case CHANGE -> change(id, source, from);
                case GAP ->
                    new Gap(
                            id,
                            source,
                            Codes.at(GapReason.values(), from.getByte()),
                            from.getText(),
                            from.getLong(),
                            from.getLong(),
                            ActorCodec.get(from));
                default -> throw new CorruptRecordException("event kind=" + kind);
            };
        } catch (IllegalArgumentException contradictory) {
            throw new CorruptRecordException("event " + id + " contradicts itself");
        }
    }

    // ---- changes

    private static void putChange(ByteWriter to, Change change) {
        TransactionInfo transaction = change.transaction();
        to.putLong(transaction.number());
        to.putInt(transaction.index());
        to.putInt(transaction.count());
        to.putLong(transaction.committedAt());
        to.putByte(Codes.of(transaction.outcome()));
        to.putByte(Codes.of(change.operation()));
        putTable(to, change.table());
        putKey(to, change.key());
        putKey(to, change.newKey());
        to.putInt(change.assigned().size());
        for (Assignment assignment : change.assigned()) {
            to.putText(assignment.column());
            ValueCodec.put(to, assignment.value());
        }
        to.putLong(change.rows());
        Texts.putNullable(to, change.statement());
        ActorCodec.put(to, change.actor());
        to.putLong(change.changedAt());
        to.putLong(change.clockOffset());
        putFence(to, change.fence());
        GapReason gap = change.gap();
        to.putByte(gap == null ? ABSENT : PRESENT + Codes.of(gap));
        putImage(to, change.before());
        putImage(to, change.after());
    }

    private static Change change(EventId id, String source, ByteReader from) {
        TransactionInfo transaction = new TransactionInfo(
                from.getLong(),
                from.getInt(),
                from.getInt(),
                from.getLong(),
                Codes.at(Outcome.values(), from.getByte()));
        return new Change(
                id,
                source,
                transaction,
                Codes.at(Operation.values(), from.getByte()),
                table(from),
                key(from),
                key(from),
                assigned(from),
                from.getLong(),
                Texts.getNullable(from),
                actor(from),
                from.getLong(),
                from.getLong(),
                fence(from),
                gapReason(from.getByte()),
                image(from),
                image(from));
    }

    private static Actor actor(ByteReader from) {
        Actor actor = ActorCodec.get(from);
        return actor.equals(Actor.UNKNOWN) ? Actor.UNKNOWN : actor;
    }

    private static @Nullable GapReason gapReason(int code) {
        return code == ABSENT ? null : Codes.at(GapReason.values(), code - PRESENT);
    }

    private static List<Assignment> assigned(ByteReader from) {
        int count = from.getCount();
        List<Assignment> assigned = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String column = from.getText();
            Value value = ValueCodec.get(from);
            assigned.add(new Assignment(column, value));
        }
        return assigned;
    }

    // ---- what may be absent: a presence byte first

    private static void putTable(ByteWriter to, @Nullable TableName table) {
        to.putByte(table == null ? ABSENT : PRESENT);
        if (table != null) {
            Texts.putNullable(to, table.catalog());
            Texts.putNullable(to, table.schema());
            to.putText(table.name());
        }
    }

    private static @Nullable TableName table(ByteReader from) {
        return from.getByte() == ABSENT
                ? null
                : new TableName(Texts.getNullable(from), Texts.getNullable(from), from.getText());
    }

    /** A key has at least one column, so the number of its columns says whether it is there. */
    private static void putKey(ByteWriter to, @Nullable RowKey key) {
        to.putInt(key == null ? 0 : key.columns().size());
        if (key != null) {
            for (RowKey.Part part : key.columns()) {
                to.putText(part.column());
                to.putText(part.value());
            }
        }
    }

    private static @Nullable RowKey key(ByteReader from) {
        int count = from.getCount();
        List<RowKey.Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(new RowKey.Part(from.getText(), from.getText()));
        }
        return parts.isEmpty() ? null : new RowKey(parts);
    }

    private static void putFence(ByteWriter to, @Nullable Fence fence) {
        to.putByte(fence == null ? ABSENT : PRESENT);
        if (fence != null) {
            to.putText(fence.kind());
            to.putLong(fence.notBefore());
            to.putLong(fence.position());
        }
    }

    private static @Nullable Fence fence(ByteReader from) {
        return from.getByte() == ABSENT ? null : new Fence(from.getText(), from.getLong(), from.getLong());
    }

    private static void putImage(ByteWriter to, @Nullable Image image) {
        to.putByte(image == null ? ABSENT : PRESENT);
        if (image != null) {
            to.putInt(image.columns().size());
            image.columns().forEach((column, text) -> {
                to.putText(column);
                Texts.putNullable(to, text);
            });
        }
    }

    private static @Nullable Image image(ByteReader from) {
        if (from.getByte() == ABSENT) {
            return null;
        }
        int count = from.getCount();
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            columns.put(from.getText(), Texts.getNullable(from));
        }
        return new Image(columns);
    }
}
