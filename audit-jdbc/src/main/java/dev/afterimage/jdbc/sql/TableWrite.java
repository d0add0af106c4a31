package dev.afterimage.jdbc.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement does to one table. Immutable. */
public final class TableWrite {
    static final long[] NO_CELLS = {};

    private final WriteOperation operation;
    private final WriteContext context;
    private final Target target;
    private final List<TableName> alternatives;
    private final List<String> columns;
    private final RowSource rowSource;
    private final int rowCount;
    private final long[] cells;
    private final KeyPredicate key;
    private final ConflictAction conflictAction;
    private final List<String> conflictColumns;
    private final List<String> conflictAssignedColumns;
    private final long[] conflictCells;
    private final boolean otherTables;
    private final boolean returning;
    private final String sql;
    private final SqlDialect dialect;

    TableWrite(WriteBuilder builder) {
        operation = builder.operation;
        context = builder.context;
        target = builder.target;
        alternatives = builder.alternatives;
        columns = builder.columns.toList();
        rowSource = builder.rowSource;
        rowCount = builder.rowCount;
        cells = builder.cells.toArray();
        key = builder.key;
        conflictAction = builder.conflictAction;
        conflictColumns = builder.conflictColumns;
        conflictAssignedColumns = builder.conflictAssignedColumns;
        conflictCells = builder.conflictCells;
        otherTables = builder.otherTables;
        returning = builder.returning;
        sql = builder.lexer.sql;
        dialect = builder.lexer.dialect;
    }

    public WriteOperation operation() {
        return operation;
    }

    public WriteContext context() {
        return context;
    }

    /** The written table; null when the statement writes through something that is no named table. */
    public @Nullable TableName table() {
        return target.name();
    }

    /** The table's alias, folded; null when it has none. */
    public @Nullable String alias() {
        return target.alias();
    }

    /**
     * Other tables that the statement may write instead of {@link #table()} or besides it, because a MySQL multi-table
     * UPDATE assigns an unqualified column. Empty when the written table is certain.
     */
    public List<TableName> alternatives() {
        return alternatives;
    }

    /**
     * The assigned columns, folded, in the statement's order. Empty for an INSERT without a column list: its values are
     * positional. For a MERGE the columns of all its actions, each once.
     */
    public List<String> assignedColumns() {
        return columns;
    }

    /** Where the rows come from. */
    public RowSource rowSource() {
        return rowSource;
    }

    /** Rows whose values are known here: those of a VALUES list, 1 for a SET list, else 0. */
    public int rowCount() {
        return rowCount;
    }

    /** Values per row; 0 when they are not known, also when the rows of a VALUES list differ in width. */
    public int rowWidth() {
        return rowCount == 0 ? 0 : cells.length / rowCount;
    }

    /**
     * The source of one assigned value.
     *
     * @param row from 0, below {@link #rowCount()}
     * @param index from 0, below {@link #rowWidth()}: index into {@link #assignedColumns()}, or the column's position
     */
    public ValueSource source(int row, int index) {
        return Cell.unpack(cell(row, index), sql, dialect);
    }

    /** The ordinal of the parameter that gives one assigned value, 0 when none does. Allocates nothing. */
    public int parameter(int row, int index) {
        return Cell.parameterOrdinal(cell(row, index));
    }

    private long cell(int row, int index) {
        return cells[row * rowWidth() + index];
    }

    /** What the WHERE clause says about the rows' key; {@code NONE} for an operation that has none. */
    public KeyPredicate key() {
        return key;
    }

    public ConflictAction conflictAction() {
        return conflictAction;
    }

    /** The columns of ON CONFLICT's target, folded; empty when it names none, or an expression or constraint. */
    public List<String> conflictColumns() {
        return conflictColumns;
    }

    /** The columns that are assigned on conflict, folded. */
    public List<String> conflictAssignedColumns() {
        return conflictAssignedColumns;
    }

    /** The source of one value assigned on conflict; {@code index} into {@link #conflictAssignedColumns()}. */
    public ValueSource conflictSource(int index) {
        return Cell.unpack(conflictCells[index], sql, dialect);
    }

    /** Whether FROM, USING or a multi-table form brings other tables in. */
    public boolean namesOtherTables() {
        return otherTables;
    }

    /** Whether the statement answers the changed rows: RETURNING, OUTPUT. */
    public boolean hasReturning() {
        return returning;
    }

    @Override
    public String toString() {
        return operation + " " + target.name() + columns + (key.conjuncts().isEmpty() ? "" : " key " + key.conjuncts());
    }
}
