package dev.afterimage.jdbc.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * What one SQL text does. Immutable, compact, safe to cache and to share between threads. It refers to the text.
 */
public final class StatementPlan {
    private final StatementKind kind;
    private final List<SingleStatement> statements;
    private final List<TableWrite> operations;
    private final int parameterCount;
    private final boolean readable;

    StatementPlan(List<SingleStatement> statements, int parameterCount, boolean readable) {
        this.statements = statements;
        this.parameterCount = parameterCount;
        this.readable = readable;
        kind = switch (statements.size()) {
            case 0 -> readable ? StatementKind.EMPTY : StatementKind.UNKNOWN;
            case 1 -> statements.get(0).kind();
            default -> StatementKind.MULTIPLE;
        };
        operations = statements.size() == 1 ? statements.get(0).writes() : allWrites(statements);
    }

    private static List<TableWrite> allWrites(List<SingleStatement> statements) {
        if (statements.isEmpty()) {
            return List.of();
        }
        List<TableWrite> all = new ArrayList<>();
        for (SingleStatement statement : statements) {
            all.addAll(statement.writes());
        }
        return List.copyOf(all);
    }

    /** What the text is: the kind of its only statement, or MULTIPLE, EMPTY or UNKNOWN. */
    public StatementKind kind() {
        return kind;
    }

    /** The statements, in order; a text of one statement has one. */
    public List<SingleStatement> statements() {
        return statements;
    }

    /** The writes of all statements, in order. */
    public List<TableWrite> operations() {
        return operations;
    }

    /** Whether executing the text changes rows by what the text itself says. */
    public boolean writes() {
        return !operations.isEmpty();
    }

    /** Whether executing the text may change data: it writes, or it is DDL, a call, a block, or not understood. */
    public boolean canWrite() {
        if (!readable || writes()) {
            return true;
        }
        for (SingleStatement statement : statements) {
            if (statement.canWrite()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the whole text was understood. If not, it may do more than {@link #operations()} says. */
    public boolean readable() {
        return readable;
    }

    /** The JDBC parameters in the text. */
    public int parameterCount() {
        return parameterCount;
    }

    @Override
    public String toString() {
        return kind + " " + operations;
    }
}
