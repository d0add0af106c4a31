package dev.afterimage.core.codec;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.value.Value;
import java.util.List;
import java.util.OptionalLong;

/**
 * A record, read: a transaction as it was captured, or one part of it.
 *
 * @param source number of the data source in this process
 * @param part from 0
 * @param last whether no part follows
 * @param inDoubt whether the outcome is not known
 * @param number the transaction's number in this process
 * @param askedNanos {@link System#nanoTime()} at a moment before the commit was asked for; the later, the more it tells
 * @param returnedNanos {@link System#nanoTime()} just after it had returned
 * @param entries what was captured, in order
 * @param position where it, or what announced it, began in the ring: tells it from every other of its process
 */
public record TransactionRecord(
        int source,
        int part,
        boolean last,
        boolean inDoubt,
        long number,
        long askedNanos,
        long returnedNanos,
        List<Entry> entries,
        long position) {

    /** This record, of a transaction that is known since a moment to have committed. */
    public TransactionRecord committed(long knownNanos) {
        return new TransactionRecord(source, part, last, false, number, askedNanos, knownNanos, entries, position);
    }

    /** This record, under another number of its transaction. */
    public TransactionRecord numbered(long transaction) {
        return new TransactionRecord(
                source, part, last, inDoubt, transaction, askedNanos, returnedNanos, entries, position);
    }

    /** When its first statement had completed, or before: its connection lived then. */
    public long seenNanos() {
        for (Entry entry : entries) {
            if (entry instanceof StatementEntry statement) {
                return Math.min(statement.completedNanos(), askedNanos);
            }
        }
        return askedNanos;
    }

    /** The number of the transaction in its database; empty where no statement has returned it. */
    public OptionalLong databaseTransaction() {
        for (Entry entry : entries) {
            if (entry instanceof ReturnedEntry returned && !returned.rows().isEmpty()) {
                for (int i = 0; i < returned.columns().size(); i++) {
                    boolean number = returned.columns().get(i).role() == ReturnedColumn.Role.TRANSACTION;
                    if (number && returned.rows().get(0).get(i).content() instanceof Long id) {
                        return OptionalLong.of(id);
                    }
                }
            }
        }
        return OptionalLong.empty();
    }

    /** What a record holds. */
    public sealed interface Entry {}

    /**
     * Who makes the changes that follow.
     *
     * @param actor the actor
     */
    public record ActorEntry(Actor actor) implements Entry {}

    /**
     * Where the statements that follow look for tables that they name without a schema.
     *
     * @param path in the database's own words; empty for the path that it gives a connection
     */
    public record PathEntry(String path) implements Entry {}

    /**
     * Executions of one statement.
     *
     * @param completedNanos {@link System#nanoTime()} when it had completed
     * @param descriptor what the statement does
     * @param rows its executions: one, or one for each row of a batch
     */
    public record StatementEntry(long completedNanos, StatementDescriptor descriptor, List<Execution> rows)
            implements Entry {}

    /**
     * One execution.
     *
     * @param updateCount rows that it changed, -1 where the driver did not say
     * @param values the parameters, by ordinal from 1 at index 0
     */
    public record Execution(long updateCount, List<Value> values) {}

    /**
     * Rows, or parts of rows, that the database returned for a statement.
     *
     * @param statement index of the statement in the transaction, from 0
     * @param columns what each value of a row is
     * @param rows their values, row by row
     */
    public record ReturnedEntry(int statement, List<ReturnedColumn> columns, List<List<Value>> rows) implements Entry {}

    /**
     * A hole in the trail.
     *
     * @param reason why
     * @param lost how many changes, -1 where not known
     * @param detail for a person
     */
    public record GapEntry(GapReason reason, long lost, String detail) implements Entry {}
}
