package dev.afterimage.jdbc.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The comparison finds what is wrong, and only that: a comparison that cannot fail proves nothing. */
class ComparisonTest {

    private static final TableName ITEM = TableName.of("public", "item");
    private static final Shape SHAPE = new Shape(
            new Table(
                    ITEM,
                    List.of(
                            new Column("id", new ColumnType(ColumnType.Kind.INTEGER, "int", 0)),
                            new Column("name", new ColumnType(ColumnType.Kind.TEXT, "text", -1))),
                    List.of("id")),
            Set.of());

    private final List<RowChange> real = new ArrayList<>();
    private final List<Change> told = new ArrayList<>();

    /** The dialect of a database without peculiarities. */
    private static final class Plain implements Dialect {
        @Override
        public boolean isName(TableName told, TableName table) {
            return told.equals(table);
        }

        @Override
        public boolean countsTwice(Change told, int rows) {
            return false;
        }
    }

    /** What the comparison says, from {@code missing} on. */
    private String verdict() {
        Findings findings = new Findings();
        new Comparison(new Plain(), findings).round(real, events());
        return findings.line().substring(findings.line().indexOf("changes, ") + 9);
    }

    /** The changes, each transaction's last one with the count of all. */
    private List<AuditEvent> events() {
        Map<Long, Integer> counts = new HashMap<>();
        told.forEach(change -> counts.merge(change.transaction().number(), 1, Integer::sum));
        Map<Long, Integer> places = new HashMap<>();
        List<AuditEvent> events = new ArrayList<>();
        for (Change change : told) {
            long number = change.transaction().number();
            int index = places.merge(number, 1, Integer::sum) - 1;
            int count = index == counts.getOrDefault(number, 0) - 1 ? index + 1 : 0;
            events.add(at(change, new TransactionInfo(number, index, count, 0, Outcome.COMMITTED)));
        }
        return events;
    }

    private static Change at(Change change, TransactionInfo place) {
        return new Change(
                change.id(),
                change.source(),
                place,
                change.operation(),
                change.table(),
                change.key(),
                change.newKey(),
                change.assigned(),
                change.rows(),
                change.statement(),
                change.actor(),
                change.changedAt(),
                change.clockOffset(),
                change.fence(),
                change.gap());
    }

    private static Map<String, @Nullable String> row(int id, @Nullable String name) {
        Map<String, @Nullable String> row = new HashMap<>();
        row.put("id", Integer.toString(id));
        row.put("name", name);
        return row;
    }

    private void real(int work, Origin origin, Operation operation, int id, @Nullable String was, @Nullable String is) {
        long sequence = real.size() + 1L;
        real.add(new RowChange(
                sequence,
                Integer.toString(work),
                "t" + work,
                sequence,
                origin,
                operation,
                SHAPE,
                operation == Operation.INSERT ? null : row(id, was),
                operation == Operation.DELETE ? null : row(id, is)));
    }

    private void told(int work, Operation operation, int id, @Nullable String name) {
        List<Assignment> assigned = new ArrayList<>();
        if (operation == Operation.INSERT) {
            assigned.add(new Assignment("id", Value.of(id)));
        }
        if (operation != Operation.DELETE) {
            assigned.add(new Assignment("name", name == null ? Value.NULL : Value.of(name)));
        }
        RowKey key = new RowKey(List.of(new RowKey.Part("id", Integer.toString(id))));
        told.add(change(work, operation, key, assigned, 1, null));
    }

    private void toldByStatement(int work, Operation operation, long rows) {
        told.add(change(work, operation, null, List.of(), rows, GapReason.ROWS_UNKNOWN));
    }

    private Change change(
            int work,
            Operation operation,
            @Nullable RowKey key,
            List<Assignment> assigned,
            long rows,
            @Nullable GapReason gap) {
        long number = told.size() + 1L;
        return new Change(
                new EventId(1, number),
                "app",
                new TransactionInfo(work, 0, 0, 0, Outcome.COMMITTED),
                operation,
                ITEM,
                key,
                null,
                assigned,
                rows,
                null,
                new Actor("a", null, null, Integer.toString(work), Map.of()),
                1_000 + number,
                0,
                null,
                gap);
    }

    private void aTransaction() {
        real(1, Origin.STATEMENT, Operation.INSERT, 7, null, "a");
        real(1, Origin.STATEMENT, Operation.UPDATE, 7, "a", "b");
        real(1, Origin.STATEMENT, Operation.DELETE, 8, "x", null);
        told(1, Operation.INSERT, 7, "a");
        told(1, Operation.UPDATE, 7, "b");
        told(1, Operation.DELETE, 8, null);
    }

    @Test
    void aFaithfulTrail() {
        aTransaction();
        assertThat(verdict()).isEqualTo("0 missing, 0 phantom, 0 different, 0 misordered");
    }

    @Test
    void aDroppedChange() {
        aTransaction();
        told.remove(1);
        assertThat(verdict()).isEqualTo("1 missing, 0 phantom, 0 different, 0 misordered");
    }

    @Test
    void aDroppedTransaction() {
        aTransaction();
        told.clear();
        assertThat(verdict()).isEqualTo("3 missing, 0 phantom, 0 different, 0 misordered");
    }

    @Test
    void anInventedChange() {
        aTransaction();
        told(1, Operation.DELETE, 9, null);
        assertThat(verdict()).isEqualTo("0 missing, 1 phantom, 0 different, 0 misordered");
    }

    @Test
    void aTransactionThatWasRolledBack() {
        aTransaction();
        told(2, Operation.INSERT, 9, "never");
        assertThat(verdict()).isEqualTo("0 missing, 1 phantom, 0 different, 0 misordered");
    }

    @Test
    void anAlteredValue() {
        real(1, Origin.STATEMENT, Operation.UPDATE, 7, "a", "b");
        told(1, Operation.UPDATE, 7, "c");
        assertThat(verdict()).isEqualTo("0 missing, 0 phantom, 1 different, 0 misordered");
    }

    @Test
    void aValueThatIsNotNull() {
        real(1, Origin.STATEMENT, Operation.UPDATE, 7, "a", "b");
        told(1, Operation.UPDATE, 7, null);
        assertThat(verdict()).isEqualTo("0 missing, 0 phantom, 1 different, 0 misordered");
    }

    @Test
    void anAssignmentThatIsNotTold() {
        real(1, Origin.STATEMENT, Operation.UPDATE, 7, "a", "b");
        RowKey key = new RowKey(List.of(new RowKey.Part("id", "7")));
        told.add(change(1, Operation.UPDATE, key, List.of(), 1, null));
        assertThat(verdict()).isEqualTo("0 missing, 0 phantom, 1 different, 0 misordered");
    }

    @Test
    void twoChangesInTheWrongOrder() {
        real(1, Origin.STATEMENT, Operation.UPDATE, 7, "a", "b");
        real(1, Origin.STATEMENT, Operation.UPDATE, 8, "a", "b");
        told(1, Operation.UPDATE, 8, "b");
        told(1, Operation.UPDATE, 7, "b");
        assertThat(verdict()).isEqualTo("0 missing, 0 phantom, 0 different, 1 misordered");
    }

    @Test
    void oneRowInTheWrongOrderAcrossTransactions() {
        real(1, Origin.STATEMENT, Operation.UPDATE, 7, "a", "b");
        real(2, Origin.STATEMENT, Operation.UPDATE, 7, "b", "c");
        told(2, Operation.UPDATE, 7, "c");
        told(1, Operation.UPDATE, 7, "b");
        assertThat(verdict()).isEqualTo("0 missing, 0 phantom, 0 different, 1 misordered");
    }

    @Test
    void aStatementThatCountsRight() {
        real(1, Origin.STATEMENT, Operation.UPDATE, 7, "a", "b");
        toldByStatement(1, Operation.UPDATE, 1);
        assertThat(verdict()).isEqualTo("0 missing, 0 phantom, 0 different, 0 misordered");
    }

    @Test
    void aStatementThatCountsTooMany() {
        real(1, Origin.STATEMENT, Operation.UPDATE, 7, "a", "b");
        toldByStatement(1, Operation.UPDATE, 3);
        assertThat(verdict()).isEqualTo("0 missing, 2 phantom, 0 different, 0 misordered");
    }

    @Test
    void aStatementThatCountsTooFew() {
        aTransaction();
        told.clear();
        toldByStatement(1, Operation.UPDATE, 1);
        assertThat(verdict()).isEqualTo("2 missing, 0 phantom, 0 different, 0 misordered");
    }

    @Test
    void aStatementWithoutACountStandsForItsOwnOnly() {
        aTransaction();
        told.clear();
        toldByStatement(1, Operation.UPDATE, -1);
        assertThat(verdict()).isEqualTo("2 missing, 0 phantom, 0 different, 0 misordered");
    }

    @Test
    void whatCannotBeSeenIsNotMissed() {
        real(1, Origin.CASCADE, Operation.DELETE, 7, "a", null);
        real(1, Origin.TRIGGER, Operation.DELETE, 8, "a", null);
        real(1, Origin.FUNCTION, Operation.DELETE, 9, "a", null);
        real(2, Origin.OTHER_CLIENT, Operation.DELETE, 10, "a", null);
        assertThat(verdict()).isEqualTo("0 missing, 0 phantom, 0 different, 0 misordered");
    }

    @Test
    void whatCannotBeSeenMustNotBeTold() {
        real(1, Origin.CASCADE, Operation.DELETE, 7, "a", null);
        told(1, Operation.DELETE, 7, null);
        assertThat(verdict()).isEqualTo("0 missing, 1 phantom, 0 different, 0 misordered");
    }

    @Test
    void aTransactionThatIsNotWhole() {
        aTransaction();
        Findings findings = new Findings();
        new Comparison(new Plain(), findings).round(real, events().subList(0, 2));
        assertThat(findings.line()).endsWith("1 missing, 0 phantom, 1 different, 0 misordered");
    }
}
