package dev.afterimage.jdbc.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link TableWrite} while it is read. */
final class WriteBuilder {
    final WriteOperation operation;
    final WriteContext context;
    final String sql;
    final SqlDialect dialect;
    final NameList columns = new NameList();
    final CellList cells = new CellList();

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

    WriteBuilder(WriteOperation operation, Analysis analysis) {
        this.operation = operation;
        this.context = analysis.context;
        this.sql = analysis.lexer.sql;
        this.dialect = analysis.lexer.dialect;
    }

    void addOutput(WriteBuilder output) {
        if (outputs == null) {
            outputs = new ArrayList<>(1);
        }
        outputs.add(output);
    }
}
