package dev.afterimage.jdbc.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The working memory of the analyser. Who analyses many texts keeps one and hands it to
 * {@link SqlAnalyzer#analyze(String, SqlDialect, Analysis)} again: then little more is allocated than the plan. It stays
 * small, whatever it was used for. Not thread-safe: one text at a time.
 */
public final class Analysis {
    /** Statements nested deeper are not read; real ones nest two or three deep. */
    static final int MAX_NESTING = 16;

    /** What was read of a longer text is forgotten at once, so that its size is not kept. In characters. */
    private static final int LONGEST_KEPT = 16 * 1024;

    final Lexer lexer = new Lexer(new RecentNames());
    WriteContext context = WriteContext.TOP;
    int nesting;
    /** Savepoint or transaction id of the current statement. */
    @Nullable
    String name;
    /** The current statement could not be understood. */
    boolean unreadable;

    private final @Nullable Level[] levels = new Level[MAX_NESTING + 1];
    private @Nullable List<String> expressions;
    private TableWrite[] writes = new TableWrite[4];
    private int writeCount;

    /** Makes the memory for one analysis after the other. */
    public Analysis() {}

    /** Begins with the first token of a text. */
    void begin(String sql, SqlDialect dialect) {
        context = WriteContext.TOP;
        nesting = 0;
        expressions = null;
        writeCount = 0;
        lexer.read(sql, dialect);
    }

    /** Lets go of the text. */
    void end() {
        if (lexer.sql.length() > LONGEST_KEPT) {
            Arrays.fill(levels, null);
            writes = new TableWrite[4];
        }
        lexer.release(LONGEST_KEPT);
    }

    /** The recognisers for the statement that is being read. */
    Level level() {
        Level level = levels[nesting];
        if (level == null) {
            level = new Level(this);
            levels[nesting] = level;
        }
        return level;
    }

    /** Begins a write that has no recogniser of its own. */
    WriteBuilder write(WriteOperation operation) {
        return level().write.begin(operation, this);
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

    /** Adds a write and, behind it, what its OUTPUT clauses write; the builder may be used again. */
    void add(WriteBuilder write) {
        addOne(write);
        if (write.outputs != null) {
            write.outputs.forEach(this::addOne);
        }
        write.begin(write.operation, this);
    }

    private void addOne(WriteBuilder write) {
        TableName name = write.target.name();
        if (name != null && isExpression(name)) {
            write.target = new Target(null, write.target.alias());
        }
        if (write.target.name() == null) {
            unreadable = true;
        }
        if (writeCount == writes.length) {
            writes = Arrays.copyOf(writes, writeCount * 2);
        }
        writes[writeCount++] = new TableWrite(write);
    }

    /** Takes the writes of the statement that ends here. */
    List<TableWrite> takeWrites() {
        expressions = null;
        List<TableWrite> taken = FixedList.copyOf(writes, writeCount);
        Arrays.fill(writes, 0, writeCount, null);
        writeCount = 0;
        return taken;
    }
}
