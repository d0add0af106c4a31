package dev.afterimage.jdbc.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of one analysis: the lexer and what was found in the statement that is being read. */
final class Analysis {
    /** Statements nested deeper are not read; real ones nest two or three deep. */
    static final int MAX_NESTING = 16;

    final Lexer lexer;
    final SqlDialect dialect;
    WriteContext context = WriteContext.TOP;
    int nesting;
    /** Savepoint or transaction id of the current statement. */
    @Nullable
    String name;
    /** The current statement could not be understood. */
    boolean unreadable;

    private @Nullable List<String> expressions;

    private @Nullable TableWrite firstWrite;
    private @Nullable List<TableWrite> moreWrites;

    Analysis(String sql, SqlDialect dialect) {
        this.lexer = new Lexer(sql, dialect);
        this.dialect = dialect;
    }

    /** Remembers a common table expression where one may be the target of a write. */
    void addExpression(String expression) {
        if (expressions == null) {
            expressions = new ArrayList<>(2);
        }
        expressions.add(expression);
    }

    private boolean isExpression(TableName name) {
        return expressions != null && name.schema() == null && expressions.contains(name.table());
    }

    /** Adds a write and, behind it, what its OUTPUT clauses write. */
    void add(WriteBuilder write) {
        addOne(write);
        if (write.outputs != null) {
            write.outputs.forEach(this::addOne);
        }
    }

    private void addOne(WriteBuilder write) {
        TableName name = write.target.name();
        if (name != null && isExpression(name)) {
            write.target = new Target(null, write.target.alias());
        }
        if (write.target.name() == null) {
            unreadable = true;
        }
        if (firstWrite == null) {
            firstWrite = new TableWrite(write);
            return;
        }
        if (moreWrites == null) {
            moreWrites = new ArrayList<>(4);
            moreWrites.add(firstWrite);
        }
        moreWrites.add(new TableWrite(write));
    }

    /** Takes the writes of the statement that ends here. */
    List<TableWrite> takeWrites() {
        expressions = null;
        List<TableWrite> taken =
                moreWrites != null ? List.copyOf(moreWrites) : firstWrite != null ? List.of(firstWrite) : List.of();
        firstWrite = null;
        moreWrites = null;
        return taken;
    }
}
