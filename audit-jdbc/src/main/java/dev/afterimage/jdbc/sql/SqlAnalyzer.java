package dev.afterimage.jdbc.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds out what an SQL text does. Stateless and thread-safe; time grows linearly with the text; never throws, whatever
 * the text. A text that cannot be understood makes a plan that is not {@link StatementPlan#readable()}.
 */
public final class SqlAnalyzer {
    private SqlAnalyzer() {}

    /**
     * Analyses one text, of one statement or several, in memory of its own.
     *
     * @param sql the text as the application hands it to JDBC
     * @param dialect the dialect of the database that will execute it
     * @return the plan; it refers to {@code sql}
     */
    public static StatementPlan analyze(String sql, SqlDialect dialect) {
        return analyze(sql, dialect, new Analysis());
    }

    /**
     * Analyses one text, of one statement or several.
     *
     * @param sql the text as the application hands it to JDBC
     * @param dialect the dialect of the database that will execute it
     * @param analysis the memory to work in, used by no other thread meanwhile
     * @return the plan; it refers to {@code sql}, and to nothing of {@code analysis}
     */
    public static StatementPlan analyze(String sql, SqlDialect dialect, Analysis analysis) {
        if (sql.length() > Cell.MAX_TEXT) {
            return new StatementPlan(List.of(), 0, false);
        }
        analysis.begin(sql, dialect);
        StatementPlan plan = read(analysis);
        analysis.end();
        return plan;
    }

    private static StatementPlan read(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        SingleStatement first = null;
        List<SingleStatement> all = null;
        boolean readable = true;
        while (skipSeparators(lexer)) {
            SingleStatement statement = StatementRecognizer.recognize(analysis);
            readable &= statement.readable();
            if (first == null) {
                first = statement;
                continue;
            }
            if (all == null) {
                all = new ArrayList<>(4);
                all.add(first);
            }
            all.add(statement);
        }
        List<SingleStatement> statements = all != null ? List.copyOf(all) : first != null ? List.of(first) : List.of();
        return new StatementPlan(statements, lexer.parameters, readable && !lexer.broken);
    }

    private static boolean skipSeparators(Lexer lexer) {
        while (lexer.type == ';') {
            lexer.next();
        }
        return lexer.type != Token.END;
    }
}
