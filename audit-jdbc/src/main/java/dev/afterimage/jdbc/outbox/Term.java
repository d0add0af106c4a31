package dev.afterimage.jdbc.outbox;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.pipeline.Courier;
import dev.afterimage.jdbc.outbox.OutboxRow.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one relay knows for as long as it holds the lease: the next number, the numbers that rows have, and the
 * transactions of which not all parts are sent. Their rows stay until they are, for the next relay to begin at their
 * first part again. Used by one thread.
 */
final class Term {

    private final Courier courier;
    private final Map<Long, Numbering> earlier;
    private final Map<Long, Numbering> given = new LinkedHashMap<>();
    /** Ids of sent rows by transaction, in order. */
    private final Map<Transaction, List<Long>> unfinished = new HashMap<>();

    private final Set<Long> kept;
    private long next;

    Term(Courier courier, Lease.Estate estate) {
        this.courier = courier;
        this.earlier = estate.numbered();
        this.next = estate.nextSequence();
        this.kept = new HashSet<>();
        courier.begin(estate.instance());
    }

    /** Rows that are sent, and not to be deleted yet. */
    Set<Long> kept() {
        return kept;
    }

    long nextSequence() {
        return next;
    }

    /**
     * The numbers of all rows that are there and have any.
     *
     * @param lowest id of a row that is there
     */
    List<Numbering> given(long lowest) {
        earlier.keySet().removeIf(gone -> gone < lowest);
        List<Numbering> all = new ArrayList<>(earlier.values());
        all.addAll(given.values());
        return all;
    }

    /** Makes the events of rows, and gives those numbers that have none. */
    List<AuditEvent> assemble(List<OutboxRow> rows, long seenNanos) {
        List<AuditEvent> events = new ArrayList<>();
        for (OutboxRow row : rows) {
            if (row.isFirst()) {
                unfinished.put(row.transaction(), new ArrayList<>(1));
            }
            List<Long> parts = unfinished.computeIfAbsent(row.transaction(), lost -> new ArrayList<>(1));
            parts.add(row.id());
            events.addAll(assemble(row, parts.get(0), seenNanos));
        }
        return events;
    }

    private List<AuditEvent> assemble(OutboxRow row, long firstRow, long seenNanos) {
        Numbering known = earlier.remove(row.id());
        List<AuditEvent> events;
        if (known == null) {
            events = courier.assemble(row.stored(firstRow), seenNanos, next);
            known = new Numbering(row.id(), next, events.size(), 0, 0);
            next += events.size();
        } else {
            long beyond = known.more() > 0 ? known.beyond() : next;
            long announced = known.count() + known.more();
            events = courier.assembleAgain(
                    row.stored(firstRow), seenNanos, known.first(), known.count(), beyond, announced);
            if (events.size() > announced) {
                known = known.extended(events.size(), beyond);
                next = Math.max(next, beyond + known.more());
            }
        }
        given.put(row.id(), known);
        return events;
    }

    /** The rows are delivered; answers which may be deleted. */
    List<Long> delivered(List<OutboxRow> rows) {
        List<Long> over = new ArrayList<>();
        for (OutboxRow row : rows) {
            if (row.isLast()) {
                List<Long> parts = unfinished.remove(row.transaction());
                over.addAll(parts == null ? List.of(row.id()) : parts);
            } else {
                kept.add(row.id());
            }
        }
        over.forEach(kept::remove);
        over.forEach(given::remove);
        return over;
    }
}
