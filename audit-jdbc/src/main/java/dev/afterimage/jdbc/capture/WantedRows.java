package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.StatementDescriptor.Condition;
import dev.afterimage.core.codec.StatementDescriptor.Source;
import dev.afterimage.core.codec.StatementDescriptor.Target;
import dev.afterimage.core.codec.StatementDescriptor.Write;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.ValueType;
import dev.afterimage.jdbc.capture.CaptureMode.Images;
import dev.afterimage.jdbc.capture.RowRequest.Item;
import dev.afterimage.jdbc.capture.RowRequest.Part;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a statement should be asked to return, by the configuration. How, and whether at all, shows when the shape of its
 * table is known. Only for a text that is one INSERT, UPDATE or DELETE on one table, and returns nothing by itself.
 * Thread-safe.
 */
final class WantedRows {

    /** PostgreSQL returns old and new rows from here on. */
    private static final int OLD_AND_NEW = 18;

    private static final String OLD = "afterimage_old";

    private static final Set<ColumnType.Kind> FIXED_SIZE = EnumSet.of(
            ColumnType.Kind.INTEGER,
            ColumnType.Kind.FLOAT,
            ColumnType.Kind.DOUBLE,
            ColumnType.Kind.BOOLEAN,
            ColumnType.Kind.DATE,
            ColumnType.Kind.TIME,
            ColumnType.Kind.TIMESTAMP,
            ColumnType.Kind.TIMESTAMP_WITH_ZONE,
            ColumnType.Kind.UUID);

    private final String sql;
    private final int end;
    private final String reference;
    private final Write write;
    private final TableName name;
    private final CaptureMode mode;
    private volatile @Nullable Known known;
    private volatile boolean batched;
    private volatile boolean refused;

    /** The answer for one shape of the table. */
    private record Known(Table table, @Nullable RowRequest request) {}

    /**
     * Notes what is wanted.
     *
     * @param sql the text
     * @param end where the statement ends in it
     * @param reference by which a RETURNING clause names the target: its alias, else the table's own name
     * @param write what the statement does
     * @param name the table as the statement names it
     */
    WantedRows(String sql, int end, String reference, Write write, TableName name, CaptureMode mode) {
        this.sql = sql;
        this.end = end;
        this.reference = reference;
        this.write = write;
        this.name = name;
        this.mode = mode;
    }

    TableName table() {
        return name;
    }

    /** The text is executed in batches: asking for rows would slow them down. */
    void batched() {
        batched = true;
    }

    /** The database has refused the statement for what it was asked to return: it is not asked again. */
    void refused() {
        refused = true;
    }

    boolean isBatched() {
        return batched;
    }

    /**
     * The request for a table.
     *
     * @param table the shape that is known now; null if none is
     * @return null where nothing can or need be asked
     */
    @Nullable
    RowRequest request(@Nullable Table table, Database database, AuditRules rules) {
        if (refused
                || table == null
                || !table.returnsRows()
                || table.keyColumns().isEmpty()) {
            return null;
        }
        Known last = known;
        if (last == null || !last.table().equals(table)) {
            last = new Known(table, make(table, database, rules));
            known = last;
        }
        return last.request();
    }

    /**
     * The database that is asked.
     *
     * @param dialect its SQL
     * @param version its major version
     */
    record Database(SqlDialect dialect, int version) {}

    private @Nullable RowRequest make(Table table, Database database, AuditRules rules) {
        boolean keys = mode.asksForKeys()
                && !tellsKeys(table)
                && table.keyColumns().stream().noneMatch(rules.hiddenIn(name));
        return switch (database.dialect()) {
            case POSTGRESQL -> returning(postgres(table, keys, database.version()), table);
            case H2 -> columns(keys, table, rules);
            case MYSQL ->
                keys && isCounted(table)
                        ? new RowRequest(name, sql, "", null, List.of(new Item(Part.KEY, "")), true)
                        : null;
            default -> null;
        };
    }

    private List<Item> postgres(Table table, boolean keys, int version) {
        List<Item> items = new ArrayList<>();
        boolean update = write.operation() == Operation.UPDATE;
        boolean delete = write.operation() == Operation.DELETE;
        boolean before = mode.images() == Images.FULL && (delete || (update && version >= OLD_AND_NEW));
        boolean after = mode.images() != Images.NONE && !delete;
        if (before) {
            items.add(new Item(Part.ROW_BEFORE, update ? OLD : reference));
        }
        if (after) {
            items.add(new Item(Part.ROW_AFTER, reference));
        }
        if (keys && items.isEmpty()) {
            table.keyColumns().forEach(column -> items.add(new Item(Part.KEY, column)));
        }
        if (!items.isEmpty()) {
            items.add(new Item(Part.TRANSACTION, ""));
        }
        return items;
    }

    /**
     * A row as JSON, and not its columns by name: whatever has become of the table since its shape was looked up, the
     * application's statement must not fail for it.
     */
    private @Nullable RowRequest returning(List<Item> items, Table table) {
        if (items.isEmpty()) {
            return null;
        }
        boolean fixedSize = true;
        StringBuilder clause = new StringBuilder();
        for (Item item : items) {
            clause.append(clause.isEmpty() ? returning(item) : ", ");
            switch (item.part()) {
                case KEY -> {
                    clause.append(quoted(reference)).append('.').append(quoted(item.name()));
                    fixedSize &= FIXED_SIZE.contains(table.typeOf(item.name()).kind());
                }
                case TRANSACTION -> clause.append("pg_catalog.txid_current()");
                case ROW_AFTER, ROW_BEFORE, AFTER -> {
                    clause.append("pg_catalog.row_to_json(")
                            .append(quoted(item.name()))
                            .append(".*)");
                    fixedSize = false;
                }
            }
        }
        String text = sql.substring(0, end) + clause + sql.substring(end);
        return new RowRequest(name, text, clause.toString(), null, items, fixedSize);
    }

    /** The old row under a name that the statement will not use for something else. */
    private static String returning(Item first) {
        return first.name().equals(OLD) ? " RETURNING WITH (OLD AS " + OLD + ") " : " RETURNING ";
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** H2 returns columns of inserted and updated rows by name. */
    private @Nullable RowRequest columns(boolean keys, Table table, AuditRules rules) {
        boolean rows = mode.images() != Images.NONE;
        if (write.operation() == Operation.DELETE || write.operation() == Operation.UPSERT || !(keys || rows)) {
            return null;
        }
        List<Item> items = new ArrayList<>();
        if (rows) {
            table.columns().stream()
                    .map(Column::name)
                    .filter(rules.hiddenIn(name).negate())
                    .forEach(column -> items.add(new Item(Part.AFTER, column)));
        } else {
            table.keyColumns().forEach(column -> items.add(new Item(Part.KEY, column)));
        }
        String[] names = items.stream().map(Item::name).toArray(String[]::new);
        return new RowRequest(name, sql, "", names, items, true);
    }

    /** MariaDB's driver knows the number that a row was given, of a single row. */
    private boolean isCounted(Table table) {
        return write.operation() == Operation.INSERT
                && write.valueRows() == 1
                && table.keyColumns().equals(List.of(String.valueOf(table.autoIncrement())));
    }

    /** Whether the statement itself says which rows it changes. */
    private boolean tellsKeys(Table table) {
        boolean inserts = write.operation() == Operation.INSERT || write.operation() == Operation.UPSERT;
        if (write.operation() == Operation.UPSERT && !table.onlyKey()) {
            return false;
        }
        return table.keyColumns().stream()
                .allMatch(column -> inserts ? isGiven(column, table) : isFixed(column, table));
    }

    private boolean isGiven(String column, Table table) {
        for (int i = 0; i < write.targets().size(); i++) {
            Target target = write.targets().get(i);
            boolean byPlace = target.column().isEmpty() && i < table.columns().size();
            String set = byPlace ? table.columns().get(i).name() : table.columnNamed(target.column());
            if (set.equals(column)) {
                return !target.sources().isEmpty() && target.sources().stream().allMatch(WantedRows::isPlain);
            }
        }
        return false;
    }

    private static boolean isPlain(Source source) {
        return !(source instanceof Source.Constant constant)
                || (constant.value().type() != ValueType.DEFAULT
                        && constant.value().type() != ValueType.EXPRESSION
                        && constant.value().type() != ValueType.NULL);
    }

    private boolean isFixed(String column, Table table) {
        for (Condition condition : write.conditions()) {
            if (table.columnNamed(condition.column()).equals(column)) {
                return !condition.sources().isEmpty()
                        && condition.sources().stream().allMatch(WantedRows::isPlain);
            }
        }
        return false;
    }
}
