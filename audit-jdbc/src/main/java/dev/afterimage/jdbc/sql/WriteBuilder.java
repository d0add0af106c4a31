package dev.afterimage.jdbc.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link TableWrite} while it is read. It is used for one write after the other. */
final class WriteBuilder {
    final NameList columns = new NameList();
    final CellList cells = new CellList();
    final Lexer lexer;

    WriteOperation operation = WriteOperation.INSERT;
    WriteContext context = WriteContext.TOP;
    Target target = Target.UNKNOWN;
    List<TableName> alternatives = List.of();
    RowSource rowSource = RowSource.NONE;
    int rowCount;
    KeyPredicate key = KeyPredicate.ABSENT;
    ConflictAction conflictAction = ConflictAction.FAIL;
    List<String> conflictColumns = List.of();
    List<String> conflictAssignedColumns = List.of();
    long[] conflictCells = TableWrite.NO_CELLS;
    boolean otherTables;
    boolean returning;
    /** What else the statement writes: the table of an OUTPUT … INTO. */
    @Nullable
    List<WriteBuilder> outputs;

    WriteBuilder(Lexer lexer) {
        this.lexer = lexer;
    }

    /** Forgets the last write and begins another. */
    WriteBuilder begin(WriteOperation next, Analysis analysis) {
        operation = next;
        context = analysis.context;
        columns.clear();
        cells.clear();
        target = Target.UNKNOWN;
        alternatives = List.of();
        rowSource = RowSource.NONE;
        rowCount = 0;
        key = KeyPredicate.ABSENT;
        conflictAction = ConflictAction.FAIL;
        conflictColumns = List.of();
        conflictAssignedColumns = List.of();
        conflictCells = TableWrite.NO_CELLS;
        otherTables = false;
        returning = false;
        outputs = null;
        return this;
    }

    void addOutput(WriteBuilder output) {
        if (outputs == null) {
            outputs = new ArrayList<>(1);
        }
        outputs.add(output);
    }
}
