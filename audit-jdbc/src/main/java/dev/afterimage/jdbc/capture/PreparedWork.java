package dev.afterimage.jdbc.capture;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.event.GapReason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The work of one data source that was prepared and awaits the second phase. It belongs to no connection any more: any may
 * end it, by the name it was prepared under. What still waits when the trail ends is told as in doubt. Bounded; what
 * there is no room for is told as in doubt at once. Thread-safe: each piece is taken out exactly once.
 */
public final class PreparedWork {

    /** Room for so many transactions of the largest size; thousands of ordinary ones. */
    private static final int LARGEST_TRANSACTIONS = 4;

    /** What a waiting name costs, whatever its work. */
    private static final int OVERHEAD = 512;

    private final AuditTrail trail;
    private final String source;
    private final long maxBytes;
    private final Map<Object, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean closed;

    /** A piece of work with the room it takes; no work where the transaction has only read. */
    private record Waiting(@Nullable OpenWork work, long bytes) {}

    /**
     * Begins with nothing.
     *
     * @param source name of the data source
     */
    public PreparedWork(AuditTrail trail, String source) {
        this.trail = trail;
        this.source = source;
        this.maxBytes = (long) LARGEST_TRANSACTIONS * trail.configuration().number(Setting.TRANSACTION_MAX_BYTES);
        trail.pipeline().beforeClose(this::close);
    }

    /** Keeps work until its end; a name that is used again is another transaction. */
    void keep(Object name, @Nullable OpenWork work) {
        Waiting piece = new Waiting(work, OVERHEAD + (work == null ? 0 : work.bytes()));
        if (bytes.addAndGet(piece.bytes()) > maxBytes) {
            giveUp(name, piece, "was too much to keep until its end");
            return;
        }
        Waiting earlier = waiting.put(name, piece);
        if (earlier != null) {
            giveUp(name, earlier, "was prepared again, its first end was not seen");
        }
        if (closed && waiting.remove(name, piece)) {
            giveUp(name, piece, "had not ended when the trail did");
        }
    }

    /**
     * A prepared transaction has ended.
     *
     * @return whether it was one whose work waits here
     */
    boolean end(Object name, BranchEnd end, long asked, long returned) {
        Waiting piece = waiting.remove(name);
        if (piece == null) {
            return false;
        }
        bytes.addAndGet(-piece.bytes());
        if (piece.work() != null) {
            piece.work().end(end, asked, returned);
        }
        return true;
    }

    /** As the other; where the work of a committed transaction is not here, the trail says so. */
    void endOrTell(Object name, BranchEnd end, long asked, long returned) {
        if (!end(name, end, asked, returned) && end != BranchEnd.ROLLED_BACK) {
            unseen(name);
        }
    }

    /** Tells that a transaction was committed of whose work nothing is known here. */
    void unseen(Object name) {
        if (trail.configuration().flag(Setting.ENABLED)) {
            String detail = "Prepared transaction " + name + " was committed; its work was not seen by this data source"
                    + " of this process";
            trail.pipeline().gap(source, GapReason.PREPARED_TRANSACTION, detail, -1);
        }
    }

    private void giveUp(Object name, Waiting piece, String why) {
        bytes.addAndGet(-piece.bytes());
        if (piece.work() != null) {
            piece.work().endUnseen("Prepared transaction " + name + " " + why);
        }
    }

    /** Nothing that was put before, and nothing that is put later, stays behind. */
    private void close() {
        closed = true;
        List.copyOf(waiting.keySet()).forEach(this::giveUpAtLast);
    }

    private void giveUpAtLast(Object name) {
        try {
            Waiting piece = waiting.remove(name);
            if (piece != null) {
                giveUp(name, piece, "had not ended when the trail did");
            }
        } catch (Throwable t) {
            failed(t);
        }
    }

    /** Something in the audit has failed; the application goes on, the trail says so. */
    void failed(Throwable t) {
        try {
            trail.counters().failed();
            String detail = "The audit failed while " + Doing.FOLLOWING_BRANCH + ": "
                    + t.getClass().getName();
            trail.pipeline().gap(source, GapReason.INTERNAL_FAILURE, detail, -1);
        } catch (Throwable again) {
            trail.pipeline().failedUntold(); // There is no memory for more, and the application must not notice.
        }
    }
}
