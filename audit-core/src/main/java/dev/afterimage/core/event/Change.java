package dev.afterimage.core.event;

import dev.afterimage.core.table.TableName;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A captured change: one row as the application changed it, or one statement where its rows are not known.
 *
 * @param id identity
 * @param source name of the data source
 * @param transaction the transaction and the change's place in it
 * @param operation what was done
 * @param table the table, or null where the statement was not understood
 * @param key the row's key before the change (for an insert: its key); null on a statement-level change
 * @param newKey the row's key after the change, where the change moved it to another; else null
 * @param assigned the columns that the statement set, in statement order; empty for a delete
 * @param rows rows changed: 1 on a row-level change, the statement's count on a statement-level one, -1 where unknown
 * @param statement the SQL text without its literals, on statement-level changes; else null
 * @param actor who
 * @param changedAt microseconds since 1970, application clock, when the statement had completed; for an insert that is a
 *     transaction of its own and whose key the database has made, when it was asked for, since others may change the row
 *     before the answer has arrived
 * @param clockOffset microseconds to add to application times to get the database's clock; 0 where not measured
 * @param fence where the commit lies in the database's order; null where nothing could be read
 * @param gap what the trail does not know about this change; null if nothing
 * @param before the row before the change, where the database has returned it; else null
 * @param after the row after the change, where the database has returned it; else null
 */
public record Change(
        EventId id,
        String source,
        TransactionInfo transaction,
        Operation operation,
        @Nullable TableName table,
        @Nullable RowKey key,
        @Nullable RowKey newKey,
        List<Assignment> assigned,
        long rows,
        @Nullable String statement,
        Actor actor,
        long changedAt,
        long clockOffset,
        @Nullable Fence fence,
        @Nullable GapReason gap,
        @Nullable Image before,
        @Nullable Image after)
        implements AuditEvent {

    public Change {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(transaction, "transaction");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(actor, "actor");
        assigned = List.copyOf(assigned);
        if (key != null && table == null) {
            throw new IllegalArgumentException("A row key without a table: " + id);
        }
    }

    /** A change of which the database has returned no row. */
    public Change(
            EventId id,
            String source,
            TransactionInfo transaction,
            Operation operation,
            @Nullable TableName table,
            @Nullable RowKey key,
            @Nullable RowKey newKey,
            List<Assignment> assigned,
            long rows,
            @Nullable String statement,
            Actor actor,
            long changedAt,
            long clockOffset,
            @Nullable Fence fence,
            @Nullable GapReason gap) {
        this(
                id,
                source,
                transaction,
                operation,
                table,
                key,
                newKey,
                assigned,
                rows,
                statement,
                actor,
                changedAt,
                clockOffset,
                fence,
                gap,
                null,
                null);
    }

    /** This change with what the database has returned of its row. */
    public Change withImages(@Nullable Image rowBefore, @Nullable Image rowAfter) {
        return new Change(
                id,
                source,
                transaction,
                operation,
                table,
                key,
                newKey,
                assigned,
                rows,
                statement,
                actor,
                changedAt,
                clockOffset,
                fence,
                gap,
                rowBefore,
                rowAfter);
    }

    /** Whether the change is of one known row. */
    public boolean isRowLevel() {
        return key != null;
    }

    /** The change's time in microseconds by the database's clock: the order of changes of one row. */
    public long databaseTime() {
        return changedAt + clockOffset;
    }

    /** The key under which the row lives after this change; null on a statement-level change. */
    public @Nullable RowKey keyAfter() {
        return newKey == null ? key : newKey;
    }
}
