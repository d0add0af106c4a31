package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.TransactionRecord;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.journal.Journal;
import dev.afterimage.core.metrics.LogLimit;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a journal adds to a round: its events are on disk and marked before the ring's room is given back and anything is
 * sent. Used by the background thread only.
 */
final class Journaling implements Leftovers.Taker {

    private static final Logger LOG = LoggerFactory.getLogger(Journaling.class);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final Journal journal;
    private final Spillway spillway;
    private final Undone undone;
    private final ChangeAssembler assembler;
    private final Limits limits;
    private final Deadline deadline;
    private final Gaps gaps;
    private final LogLimit logLimit = new LogLimit();
    /** The time was over in the middle of a round: no later mark must pass off as told what lies in the spool of it. */
    private boolean givenUp;

    /** Takes note of holes. */
    @FunctionalInterface
    interface Gaps {

        /** There is one, of a length that is not known. */
        void note(String source, GapReason reason, String detail);
    }

    Journaling(
            Journal journal,
            Spillway spillway,
            ChangeAssembler assembler,
            Limits limits,
            Deadline deadline,
            Gaps gaps) {
        this.journal = journal;
        this.spillway = spillway;
        this.undone = new Undone(journal);
        this.assembler = assembler;
        this.limits = limits;
        this.deadline = deadline;
        this.gaps = gaps;
    }

    /** The records that have not become events. */
    Undone undone() {
        return undone;
    }

    /**
     * The events of records are kept.
     *
     * @param whole whether no transaction goes on in the next round: only then is anything marked and sent
     */
    void told(List<TransactionRecord> records, boolean whole) {
        records.forEach(record -> undone.done(record.position()));
        if (whole) {
            seal();
        }
    }

    @Override
    public boolean keep(List<AuditEvent> events) {
        int batchSize = limits.batchSize();
        for (int from = 0; from < events.size() && !givenUp; from += batchSize) {
            List<AuditEvent> batch = List.copyOf(events.subList(from, Math.min(events.size(), from + batchSize)));
            while (!givenUp && !spillway.keep(batch)) {
                givenUp = deadline.isOver();
                deadline.rest(PAUSE);
                spillway.settle(deadline);
            }
        }
        return !givenUp; // What is not kept stays in the ring's file, and is told by the next start.
    }

    @Override
    public void seal() {
        while (!givenUp && !isMarked()) {
            givenUp = deadline.isOver(); // What is not marked was never told: it must not be sent now.
            deadline.rest(PAUSE);
        }
        if (!givenUp) {
            spillway.forward(deadline);
        }
    }

    private boolean isMarked() {
        try {
            undone.mark(assembler.sequence(), limits.forcing());
            return true;
        } catch (IOException e) {
            if (logLimit.allows()) {
                LOG.warn("The journal cannot be written for now, changes wait", e);
            }
            return false;
        }
    }

    @Override
    public long kept() {
        return journal.spool().end();
    }

    @Override
    public void gap(String source, String detail) {
        gaps.note(source, GapReason.DROPPED, detail);
    }

    void close() {
        try {
            journal.close();
        } catch (IOException e) {
            LOG.warn("The journal was not closed in order", e);
        }
    }
}
