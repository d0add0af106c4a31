package dev.afterimage.core.codec;

import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for every execution of one SQL text: which writes it makes, and where their values come from. Made
 * once per text from its statement plan, with inclusion and masking rules already applied.
 *
 * @param sql the text without its literals, for statement-level changes
 * @param parameterCount values in each row of an execution
 * @param writes what the statement does, in the order of its text; empty where that is not understood
 * @param gap what is not known about the statement; null if nothing
 */
public record StatementDescriptor(
        String sql,
        int parameterCount,
        List<Write> writes,
        @Nullable GapReason gap) {

    private static final int NO_GAP = 0xFF;

    /** Where a value comes from: a parameter of the execution, or the text itself. */
    public sealed interface Source {
        /**
         * A parameter.
         *
         * @param ordinal from 1, as in JDBC
         */
        record Parameter(int ordinal) implements Source {}

        /**
         * The same for every execution: a literal, a default, an expression, a masked value.
         *
         * @param value the value
         */
        record Constant(Value value) implements Source {}
    }

    /**
     * A column that the write sets.
     *
     * @param column name; empty where the statement relies on the table's order of columns
     * @param sources one for each row of VALUES; exactly one for an update
     */
    public record Target(String column, List<Source> sources) {
        public Target {
            Objects.requireNonNull(column, "column");
            sources = List.copyOf(sources);
        }
    }

    /**
     * A column that the WHERE clause holds to one of some values, whatever else it says.
     *
     * @param column name
     * @param sources one for {@code =}, several for IN
     */
    public record Condition(String column, List<Source> sources) {
        public Condition {
            Objects.requireNonNull(column, "column");
            sources = List.copyOf(sources);
        }
    }

    /**
     * One INSERT, UPDATE, DELETE or their like.
     *
     * @param operation what it does
     * @param table the table as named, or null
     * @param targets the columns it sets
     * @param valueRows rows of VALUES; 0 where the rows come from a query or a predicate
     * @param conditions what the WHERE clause says of the target's columns
     * @param counted whether the statement's update count is the count of this write
     * @param selective whether rows of VALUES may be left out without an error (ON CONFLICT DO NOTHING, IGNORE)
     */
    public record Write(
            Operation operation,
            @Nullable TableName table,
            List<Target> targets,
            int valueRows,
            List<Condition> conditions,
            boolean counted,
            boolean selective) {
        public Write {
            Objects.requireNonNull(operation, "operation");
            targets = List.copyOf(targets);
            conditions = List.copyOf(conditions);
        }
    }

    public StatementDescriptor {
        Objects.requireNonNull(sql, "sql");
        writes = List.copyOf(writes);
    }

    /** Appends the descriptor's bytes. */
    public void encode(ByteWriter to) {
        to.putText(sql);
        to.putInt(parameterCount);
        to.putByte(gap == null ? NO_GAP : Codes.of(gap));
        to.putInt(writes.size());
        for (Write write : writes) {
            to.putByte(Codes.of(write.operation()));
            encode(write.table(), to);
            to.putInt(write.valueRows());
            to.putByte((write.counted() ? 1 : 0) | (write.selective() ? 2 : 0));
            to.putInt(write.targets().size());
            for (Target target : write.targets()) {
                to.putText(target.column());
                encodeSources(target.sources(), to);
            }
            to.putInt(write.conditions().size());
            for (Condition condition : write.conditions()) {
                to.putText(condition.column());
                encodeSources(condition.sources(), to);
            }
        }
    }

    private static void encode(@Nullable TableName table, ByteWriter to) {
        to.putByte(table == null ? 0 : 1);
        if (table != null) {
            Texts.putNullable(to, table.catalog());
            Texts.putNullable(to, table.schema());
            to.putText(table.name());
        }
    }

    private static void encodeSources(List<Source> sources, ByteWriter to) {
        to.putInt(sources.size());
        for (Source source : sources) {
            if (source instanceof Source.Parameter parameter) {
                to.putInt(parameter.ordinal());
            } else if (source instanceof Source.Constant constant) {
                to.putInt(0);
                ValueCodec.put(to, constant.value());
            }
        }
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws CorruptRecordException if the bytes are no descriptor
     */
    public static StatementDescriptor decode(ByteReader from) {
        String sql = from.getText();
        int parameterCount = notNegative(from.getInt());
        int gap = from.getByte();
        int count = from.getCount();
        List<Write> writes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            writes.add(decodeWrite(from));
        }
        return new StatementDescriptor(
                sql, parameterCount, writes, gap == NO_GAP ? null : Codes.at(GapReason.values(), gap));
    }

    private static Write decodeWrite(ByteReader from) {
        Operation operation = Codes.at(Operation.values(), from.getByte());
        TableName table = from.getByte() == 0
                ? null
                : new TableName(Texts.getNullable(from), Texts.getNullable(from), from.getText());
        int valueRows = notNegative(from.getInt());
        int flags = from.getByte();
        int count = from.getCount();
        List<Target> targets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            targets.add(new Target(from.getText(), decodeSources(from)));
        }
        count = from.getCount();
        List<Condition> conditions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            conditions.add(new Condition(from.getText(), decodeSources(from)));
        }
        return new Write(operation, table, targets, valueRows, conditions, (flags & 1) != 0, (flags & 2) != 0);
    }

    private static List<Source> decodeSources(ByteReader from) {
        int count = from.getCount();
        List<Source> sources = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int ordinal = notNegative(from.getInt());
            sources.add(ordinal == 0 ? new Source.Constant(ValueCodec.get(from)) : new Source.Parameter(ordinal));
        }
        return sources;
    }

    private static int notNegative(int number) {
        if (number < 0) {
            throw new CorruptRecordException("number=" + number + " in a descriptor");
        }
        return number;
    }
}
