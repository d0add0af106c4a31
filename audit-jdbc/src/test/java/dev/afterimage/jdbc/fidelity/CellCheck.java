package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds everything that the trail says of one row change against the row that the database kept. */
final class CellCheck {

    /** How much of what was assigned could be compared: an expression is known to the database alone. */
    record Cells(int compared, int unknown) {}

    private final Change told;
    private final RowChange real;

    CellCheck(Change told, RowChange real) {
        this.told = told;
        this.real = real;
    }

    /** The first difference in words; null if there is none. */
    @Nullable
    String difference() {
        if (!sameOperation()) {
            return "the trail says " + told.operation();
        }
        if (!Objects.equals(told.key(), real.key()) || !Objects.equals(told.keyAfter(), real.keyAfter())) {
            return "its key became " + real.keyAfter() + ", the trail says " + told.key() + " to " + told.keyAfter();
        }
        Map<String, @Nullable String> after = real.after();
        if (after == null || metByUpsert()) {
            return null;
        }
        for (Assignment assigned : told.assigned()) {
            String difference = cell(assigned, after);
            if (difference != null) {
                return difference;
            }
        }
        return unsaid(after);
    }

    /** An upsert says what it would insert: where the row existed, only parts of that need to be in it. */
    private boolean metByUpsert() {
        return told.operation() == Operation.UPSERT && real.operation() == Operation.UPDATE;
    }

    private boolean sameOperation() {
        return told.operation() == real.operation()
                || (told.operation() == Operation.UPSERT && real.operation() != Operation.DELETE);
    }

    private @Nullable String cell(Assignment assigned, Map<String, @Nullable String> after) {
        if (!after.containsKey(assigned.column())) {
            return "column " + assigned.column() + " is not there";
        }
        if (!isComparable(assigned)) {
            return null;
        }
        String claimed = text(assigned);
        String value = after.get(assigned.column());
        return Objects.equals(claimed, value)
                ? null
                : "column " + assigned.column() + " is " + value + ", the trail says " + claimed;
    }

    /** What the row holds and no statement has said: a column that was set and is not in the trail. */
    private @Nullable String unsaid(Map<String, @Nullable String> after) {
        Set<String> said = new HashSet<>(real.shape().filled());
        told.assigned().forEach(assigned -> said.add(assigned.column()));
        Map<String, @Nullable String> before = real.before();
        for (Map.Entry<String, @Nullable String> column : after.entrySet()) {
            String was = before == null ? null : before.get(column.getKey());
            if (!said.contains(column.getKey()) && !Objects.equals(was, column.getValue())) {
                return "column " + column.getKey() + " became " + column.getValue() + ", the trail does not say so";
            }
        }
        return null;
    }

    private boolean isComparable(Assignment assigned) {
        Value value = assigned.value();
        if (value.type() == ValueType.NULL) {
            return !real.shape().filled().contains(assigned.column());
        }
        return value.isKnown() && !isComputed(assigned.column()) && text(assigned) != null;
    }

    private boolean isComputed(String name) {
        return real.shape().table().columns().stream()
                .filter(column -> column.name().equals(name))
                .anyMatch(Column::computed);
    }

    private @Nullable String text(Assignment assigned) {
        Table table = real.shape().table();
        return table.typeOf(assigned.column()).canonical(assigned.value());
    }

    Cells cells() {
        int compared = 0;
        if (real.after() != null && !metByUpsert()) {
            compared = (int) told.assigned().stream().filter(this::isComparable).count();
        }
        return new Cells(compared, told.assigned().size() - compared);
    }
}
