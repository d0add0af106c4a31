package dev.afterimage.server;

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

    /** A transaction of its own, by default the whole of it. */
    private static HistoryEntry told(long transaction, long mark, long at, Outcome outcome) {
        return told(transaction, mark, at, outcome, 1);
    }

    private static HistoryEntry told(long transaction, long mark, long at, Outcome outcome, int count) {
        Change change = new Change(
                new EventId(1, transaction),
                "app",
                new TransactionInfo(transaction, 0, count, at, outcome),
                Operation.UPDATE,
                TALLY,
                ROW,
                null,
                List.of(new Assignment(MarkedWork.MARK, Value.of(mark))),
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
        return told(transaction, mark, transaction, Outcome.COMMITTED);
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
        List<HistoryEntry> crossed = List.of(told(1, 10, 2, Outcome.COMMITTED), told(2, 20, 1, Outcome.COMMITTED));

        assertThat(MarkedTrail.compare(TWO, crossed).disordered()).isOne();
    }

    @Test
    void aTransactionOfWhichAPartIsMissingIsTorn() {
        List<HistoryEntry> part = List.of(told(1, 10), told(2, 20, 2, Outcome.COMMITTED, 2));

        assertThat(MarkedTrail.compare(TWO, part).torn()).isOne();
    }
}
