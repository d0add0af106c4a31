package dev.afterimage.jdbc.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one table whose rows a SELECT shows: what a result set must have that can be updated. Names stay as they are
 * written, quotes included, so that a statement made of them means the same table and columns. Immutable.
 *
 * @param table as written, with its schema
 * @param columns as written, an empty text for an expression; null where {@code *} stands for them
 */
public record SelectedTable(String table, @Nullable List<String> columns) {

    private static final KeywordSet CLAUSES =
            KeywordSet.of(Keyword.WHERE, Keyword.ORDER, Keyword.FOR, Keyword.LIMIT, Keyword.FETCH, Keyword.OFFSET);

    private static final String ALL = "*";

    public SelectedTable {
        columns = columns == null ? null : List.copyOf(columns);
    }

    /**
     * Reads a text.
     *
     * @return null where it is not the plain SELECT from one table
     */
    public static @Nullable SelectedTable of(String sql, SqlDialect dialect) {
        Lexer lexer = new Lexer(sql, dialect);
        if (!lexer.accept(Keyword.SELECT) || lexer.is(Keyword.DISTINCT)) {
            return null;
        }
        List<String> columns = new ArrayList<>();
        do {
            columns.add(item(lexer));
        } while (lexer.accept(','));
        if (!lexer.accept(Keyword.FROM)) {
            return null;
        }
        String table = table(lexer);
        boolean mixed = columns.size() > 1 && columns.contains(ALL);
        if (table == null || mixed) {
            return null;
        }
        return new SelectedTable(table, columns.contains(ALL) ? null : columns);
    }

    /** One item of the list: the name of its column, {@link #ALL}, or nothing for an expression. */
    private static String item(Lexer lexer) {
        String name = "";
        if (lexer.type == '*' || lexer.isName()) {
            name = name(lexer);
            lexer.accept(Keyword.AS);
            if (lexer.isName() && !lexer.is(Keyword.FROM)) {
                lexer.next();
            }
        }
        boolean plain = lexer.type == ',' || lexer.is(Keyword.FROM);
        for (int depth = 0; lexer.type != Token.END; lexer.next()) {
            if (depth == 0 && (lexer.type == ',' || lexer.is(Keyword.FROM))) {
                break;
            }
            depth += lexer.type == '(' ? 1 : lexer.type == ')' ? -1 : 0;
        }
        return plain ? name : "";
    }

    private static String name(Lexer lexer) {
        String last = lexer.sql.substring(lexer.start, lexer.end);
        lexer.next();
        while (lexer.accept('.')) {
            last = lexer.sql.substring(lexer.start, lexer.end);
            lexer.next();
        }
        return last;
    }

    private static @Nullable String table(Lexer lexer) {
        lexer.accept(Keyword.ONLY);
        if (!lexer.isName()) {
            return null;
        }
        int start = lexer.start;
        Names.skipTable(lexer);
        int end = lexer.previousEnd;
        lexer.accept(Keyword.AS);
        if (lexer.isName() && !CLAUSES.contains(lexer.keyword)) {
            lexer.next();
        }
        lexer.accept(';');
        boolean alone = lexer.type == Token.END || CLAUSES.contains(lexer.keyword);
        return alone && !lexer.broken ? lexer.sql.substring(start, end) : null;
    }
}
