package dev.afterimage.jdbc.outbox;

import dev.afterimage.core.codec.TransactionReader;
import dev.afterimage.core.pipeline.StoredRecord;

/** A row, as it was read. */
final class OutboxRow {

    private final long id;
    private final String source;
    private final Transaction transaction;
    private final int part;
    private final long clockBase;
    private final long clockOffset;
    private final byte[] payload;

    /** What the parts of one have in common. */
    record Transaction(long origin, long number) {}

    OutboxRow(
            long id,
            String source,
            long origin,
            long number,
            int part,
            long clockBase,
            long clockOffset,
            byte[] payload) {
        this.id = id;
        this.source = source;
        this.transaction = new Transaction(origin, number);
        this.part = part;
        this.clockBase = clockBase;
        this.clockOffset = clockOffset;
        this.payload = payload;
    }

    long id() {
        return id;
    }

    long bytes() {
        return payload.length;
    }

    Transaction transaction() {
        return transaction;
    }

    boolean isFirst() {
        return part == 0;
    }

    /** Whether this version of the program knows how to read it. */
    boolean isKnown() {
        return TransactionReader.knows(payload);
    }

    boolean isLast() {
        return TransactionReader.isLastPart(payload);
    }

    /** The record, its transaction under the number of its first row: no two of a table have the same. */
    StoredRecord stored(long firstRow) {
        return new StoredRecord(source, transaction.origin(), firstRow, clockBase, clockOffset, payload);
    }
}
