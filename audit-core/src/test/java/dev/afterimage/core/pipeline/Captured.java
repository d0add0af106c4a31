package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.ReturnedColumn;
import dev.afterimage.core.codec.StatementDescriptor;
import dev.afterimage.core.codec.StatementDescriptor.Condition;
import dev.afterimage.core.codec.StatementDescriptor.Source.Constant;
import dev.afterimage.core.codec.StatementDescriptor.Source.Parameter;
import dev.afterimage.core.codec.StatementDescriptor.Target;
import dev.afterimage.core.codec.StatementDescriptor.Write;
import dev.afterimage.core.codec.TransactionRecord;
import dev.afterimage.core.codec.TransactionRecord.Entry;
import dev.afterimage.core.codec.TransactionRecord.Execution;
import dev.afterimage.core.codec.TransactionRecord.ReturnedEntry;
import dev.afterimage.core.codec.TransactionRecord.StatementEntry;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short words for captured statements and transactions, as the tests of this package write them. */
final class Captured {

    private Captured() {}

    static StatementDescriptor.Source parameter(int ordinal) {
        return new Parameter(ordinal);
    }

    static StatementDescriptor.Source literal(long number) {
        return new Constant(Value.of(number));
    }

    static StatementDescriptor.Source literal(String text) {
        return new Constant(Value.of(text));
    }

    static StatementDescriptor.Source constant(Value value) {
        return new Constant(value);
    }

    /** A column with one source for each row of VALUES. */
    static Target set(String column, StatementDescriptor.Source... sources) {
        return new Target(column, List.of(sources));
    }

    /** A column held to one value, or to one of several. */
    static Condition where(String column, StatementDescriptor.Source... sources) {
        return new Condition(column, List.of(sources));
    }

    static Write insert(String table, int rows, Target... targets) {
        return new Write(Operation.INSERT, name(table), List.of(targets), rows, List.of(), true, false);
    }

    static Write insertOrIgnore(String table, int rows, Target... targets) {
        return new Write(Operation.INSERT, name(table), List.of(targets), rows, List.of(), true, true);
    }

    static Write upsert(String table, int rows, Target... targets) {
        return new Write(Operation.UPSERT, name(table), List.of(targets), rows, List.of(), true, false);
    }

    static Write update(String table, List<Target> targets, Condition... conditions) {
        return new Write(Operation.UPDATE, name(table), targets, 0, List.of(conditions), true, false);
    }

    static Write delete(String table, Condition... conditions) {
        return new Write(Operation.DELETE, name(table), List.of(), 0, List.of(conditions), true, false);
    }

    static Write uncounted(Write write) {
        return new Write(
                write.operation(),
                write.table(),
                write.targets(),
                write.valueRows(),
                write.conditions(),
                false,
                write.selective());
    }

    static TableName name(String table) {
        return new TableName(null, null, table);
    }

    static Execution row(long updateCount, Object... parameters) {
        return new Execution(
                updateCount, Arrays.stream(parameters).map(Captured::value).toList());
    }

    static Value value(@Nullable Object parameter) {
        if (parameter instanceof Value value) {
            return value;
        }
        if (parameter instanceof Number number) {
            return Value.of(number.longValue());
        }
        return parameter == null ? Value.NULL : Value.of(parameter.toString());
    }

    static StatementEntry statement(Write write, Execution... rows) {
        return new StatementEntry(
                1_000_000, new StatementDescriptor("the statement", 9, List.of(write), null), List.of(rows));
    }

    static ReturnedEntry keys(int statement, List<String> columns, List<List<Value>> rows) {
        return new ReturnedEntry(
                statement,
                columns.stream()
                        .map(name -> new ReturnedColumn(ReturnedColumn.Role.KEY, name))
                        .toList(),
                rows);
    }

    /** Returned keys of one column named {@code id}. */
    static ReturnedEntry ids(int statement, long... ids) {
        return keys(
                statement,
                List.of("id"),
                Arrays.stream(ids).mapToObj(id -> List.of(Value.of(id))).toList());
    }

    static TransactionRecord transaction(Entry... entries) {
        return part(1, 0, true, entries);
    }

    static TransactionRecord part(long number, int part, boolean last, Entry... entries) {
        return new TransactionRecord(0, part, last, false, number, 500_000, 2_000_000, List.of(entries), 0);
    }
}
