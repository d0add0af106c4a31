package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.TransactionRecord;
import dev.afterimage.core.resolve.FenceSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Transactions whose commit was not answered, while their database is asked what became of them. It may not know at
 * once: the connection's server process goes on for a while after the connection has broken. They hold nobody else back.
 * Used by the background thread only.
 */
final class Doubts {

    static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<Doubt> doubts = new ArrayList<>();
    private long nextNanos = System.nanoTime();

    /** One of them, where to ask, and until when. */
    private record Doubt(TransactionRecord record, FenceSource database, long transaction, long untilNanos) {}

    /** Takes a record in, if there is something to ask. */
    boolean take(TransactionRecord record, FenceSource database) {
        OptionalLong transaction = record.databaseTransaction();
        boolean whole = record.part() == 0 && record.last();
        if (!record.inDoubt() || !whole || transaction.isEmpty()) {
            return false;
        }
        doubts.add(new Doubt(record, database, transaction.getAsLong(), System.nanoTime() + PATIENCE));
        nextNanos = System.nanoTime();
        return true;
    }

    boolean isEmpty() {
        return doubts.isEmpty();
    }

    /** Whether it is time to ask. */
    boolean areDue() {
        return !doubts.isEmpty() && System.nanoTime() - nextNanos >= 0;
    }

    /**
     * Asks. A database that cannot be asked is asked once only: each try may take as long as a connection takes.
     *
     * @param last whether there is no time left to ask
     * @param undone told of what was rolled back
     * @return what is settled: committed, or in doubt for good; what was rolled back is gone
     */
    List<TransactionRecord> settle(boolean last, Consumer<TransactionRecord> undone) {
        List<TransactionRecord> settled = new ArrayList<>();
        Set<FenceSource> away = new HashSet<>();
        for (Iterator<Doubt> each = doubts.iterator(); each.hasNext(); ) {
            Doubt doubt = each.next();
            FenceSource.Fate fate =
                    last || away.contains(doubt.database()) ? FenceSource.Fate.RUNNING : fateOf(doubt, away);
            boolean over = last || System.nanoTime() - doubt.untilNanos() >= 0;
            if (fate == FenceSource.Fate.RUNNING && !over) {
                continue;
            }
            each.remove();
            if (fate == FenceSource.Fate.ROLLED_BACK) {
                undone.accept(doubt.record());
            } else {
                settled.add(
                        fate == FenceSource.Fate.COMMITTED
                                ? doubt.record().committed(System.nanoTime())
                                : doubt.record());
            }
        }
        nextNanos = System.nanoTime() + INTERVAL;
        return settled;
    }

    /** A database that cannot be asked may be back in a moment. */
    private static FenceSource.Fate fateOf(Doubt doubt, Set<FenceSource> away) {
        try {
            return doubt.database().fateOf(doubt.transaction(), doubt.record().seenNanos());
        } catch (RuntimeException | Error unavailable) {
            away.add(doubt.database());
            return FenceSource.Fate.RUNNING;
        }
    }
}
