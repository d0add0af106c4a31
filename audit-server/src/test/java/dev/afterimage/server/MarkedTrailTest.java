package dev.afterimage.server;

import static dev.afterimage.core.event.Outcome.COMMITTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.resolve.Delta;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.resolve.Resolution;
import dev.afterimage.core.resolve.RowState;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import dev.afterimage.jdbc.fixture.ShadowRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That the comparison on which {@link CrashIT} and {@link OutageIT} rest finds each kind of fault. */
class MarkedTrailTest {

    private static final TableName TALLY = TableName.of("public", "tally");
    private static final RowKey ROW = new RowKey(List.of(new RowKey.Part("code", "a")));

    private static ShadowRow shadow(long sequence, long mark) {
        return new ShadowRow(
                sequence,
                "x" + sequence,
                Operation.UPDATE,
                TALLY,
                ROW,
                null,
                new Image(Map.of("code", "a", MarkedWork.MARK, Long.toString(mark))));
    }

    private static ShadowRow deletion(long sequence) {
        Image before = new Image(Map.of("code", "a"));
        return new ShadowRow(sequence, "x" + sequence, Operation.DELETE, TALLY, ROW, before, null);
    }

    /** A transaction of its own, by default the whole of it. */
    private static HistoryEntry told(long transaction, long mark, long at, Outcome outcome) {
        return told(transaction, mark, at, outcome, 1);
    }

    private static HistoryEntry told(long transaction, long mark, long at, Outcome outcome, int count) {
        List<Assignment> marked = List.of(new Assignment(MarkedWork.MARK, Value.of(mark)));
        return entry(Operation.UPDATE, marked, new TransactionInfo(transaction, 0, count, at, outcome));
    }

    private static HistoryEntry deleted(long transaction, int index, long at, Outcome outcome, int count) {
        return entry(Operation.DELETE, List.of(), new TransactionInfo(transaction, index, count, at, outcome));
    }

    private static HistoryEntry entry(Operation operation, List<Assignment> assigned, TransactionInfo transaction) {
        long at = transaction.committedAt();
        Change change = new Change(
                new EventId(1, 10 * transaction.number() + transaction.index()),
                "app",
                transaction,
                operation,
                TALLY,
                ROW,
                null,
                assigned,
                1,
                null,
                Actor.UNKNOWN,
                at,
                0,
                null,
                null);
        return new HistoryEntry(
                change, null, null, RowState.UNKNOWN, RowState.UNKNOWN, new Delta(Map.of()), Resolution.UNRESOLVED);
    }

    private static HistoryEntry told(long transaction, long mark) {
        return told(transaction, mark, transaction, COMMITTED);
    }

    private static final List<ShadowRow> TWO = List.of(shadow(1, 10), shadow(2, 20));

    @Test
    void aTrailThatTellsWhatHappenedIsExact() {
        MarkedTrail.Verdict verdict = MarkedTrail.compare(TWO, List.of(told(1, 10), told(2, 20)));

        assertThat(verdict.words()).isEmpty();
        assertThat(verdict.delivered()).isEqualTo(verdict.committed()).isEqualTo(2);
    }

    @Test
    void whatIsNotToldIsLost() {
        assertThat(MarkedTrail.compare(TWO, List.of(told(1, 10))).lost()).isOne();
    }

    @Test
    void whatDidNotHappenIsAPhantomUnlessItIsInDoubt() {
        HistoryEntry doubtful = told(3, 30, 3, Outcome.IN_DOUBT);

        MarkedTrail.Verdict verdict = MarkedTrail.compare(TWO, List.of(told(1, 10), told(2, 20), doubtful));
        assertThat(verdict.words()).isEmpty();
        assertThat(verdict.inDoubt()).isOne();
        assertThat(verdict.correct()).isZero();
        assertThat(MarkedTrail.compare(TWO, List.of(told(1, 10), told(2, 20), told(3, 30)))
                        .phantom())
                .isOne();
    }

    /** A transaction that deletes a row and dies before its commit leaves the row to be deleted again. */
    @Test
    void whatIsInDoubtAndDidNotHappenMayHappenLater() {
        List<ShadowRow> shadow = List.of(shadow(1, 10), deletion(2));
        HistoryEntry marked = told(1, 30, 1, Outcome.IN_DOUBT, 0);
        HistoryEntry doubtful = deleted(1, 1, 1, Outcome.IN_DOUBT, 2);

        MarkedTrail.Verdict verdict =
                MarkedTrail.compare(shadow, List.of(marked, doubtful, told(2, 10), deleted(3, 0, 3, COMMITTED, 1)));
        assertThat(verdict.words()).isEmpty();
        assertThat(verdict.inDoubt()).isOne();
        assertThat(verdict.correct()).isZero();
        assertThat(MarkedTrail.compare(shadow, List.of(marked, doubtful, told(2, 10)))
                        .lost())
                .isOne();
    }

    @Test
    void ofTwoDeletionsInDoubtTheCertainOneHappened() {
        List<ShadowRow> shadow = List.of(deletion(1));
        HistoryEntry doubtful = deleted(1, 0, 1, Outcome.IN_DOUBT, 1);

        assertThat(MarkedTrail.compare(shadow, List.of(doubtful)).correct()).isOne();
        MarkedTrail.Verdict verdict = MarkedTrail.compare(shadow, List.of(doubtful, deleted(2, 0, 2, COMMITTED, 1)));
        assertThat(verdict.words()).isEmpty();
        assertThat(verdict.correct()).isZero();
    }

    @Test
    void inDoubtAndCommittedIsCorrect() {
        MarkedTrail.Verdict verdict = MarkedTrail.compare(TWO, List.of(told(1, 10), told(2, 20, 2, Outcome.IN_DOUBT)));

        assertThat(verdict.words()).isEmpty();
        assertThat(verdict.correct()).isEqualTo(verdict.inDoubt()).isOne();
    }

    @Test
    void whatIsToldTwiceIsADuplicateInDoubtToo() {
        List<HistoryEntry> twice = List.of(told(1, 10), told(2, 20), told(3, 20));
        List<HistoryEntry> inDoubt = List.of(told(1, 10), told(2, 20), told(3, 20, 3, Outcome.IN_DOUBT));

        assertThat(MarkedTrail.compare(TWO, twice).duplicates()).isOne();
        assertThat(MarkedTrail.compare(TWO, inDoubt).duplicates()).isOne();
    }

    @Test
    void whatIsToldBeforeAnEarlierChangeOfItsRowIsDisordered() {
        List<HistoryEntry> crossed = List.of(told(1, 10, 2, COMMITTED), told(2, 20, 1, COMMITTED));

        assertThat(MarkedTrail.compare(TWO, crossed).disordered()).isOne();
    }

    @Test
    void aTransactionOfWhichAPartIsMissingIsTorn() {
        List<HistoryEntry> part = List.of(told(1, 10), told(2, 20, 2, COMMITTED, 2));

        assertThat(MarkedTrail.compare(TWO, part).torn()).isOne();
    }
}
