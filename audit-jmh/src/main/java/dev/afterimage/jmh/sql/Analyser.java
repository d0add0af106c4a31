package dev.afterimage.jmh.sql;

import com.alibaba.druid.DbType;
import com.alibaba.druid.sql.parser.SQLParserUtils;
import dev.afterimage.jdbc.sql.Analysis;
import dev.afterimage.jdbc.sql.SqlAnalyzer;
import dev.afterimage.jdbc.sql.SqlDialect;
import dev.afterimage.jdbc.sql.StatementPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;

/**
 * Reads one SQL text and makes of it what it makes: ours a plan, in which table, columns, keys and parameters are told;
 * the others a tree of syntax, in which a caller would still have to look for them.
 */
public interface Analyser {

    /** Every analyser, ours first. */
    List<String> NAMES = List.of("afterimage", "druid", "jsqlparser");

    /**
     * Reads a text.
     *
     * @throws Exception if it cannot be understood, of whatever kind the analyser throws
     */
    Object analyse(Text text) throws Exception;

    /** Whether the analyser understands the text. */
    default boolean understands(Text text) {
        try {
            Object found = analyse(text);
            return !(found instanceof StatementPlan plan) || plan.readable();
        } catch (Exception | StackOverflowError e) {
            return false;
        }
    }

    /**
     * The analyser of a name.
     *
     * @throws IllegalArgumentException if it is none of {@link #NAMES}
     */
    static Analyser of(String name) {
        return switch (name) {
            case "afterimage" -> afterimage(new Analysis());
            case "druid" -> Analyser::druid;
            case "jsqlparser" -> Analyser::jsqlparser;
            default -> throw new IllegalArgumentException("analyser=" + name + " is none of " + NAMES);
        };
    }

    /** With the memory of the last text, as capture analyses. */
    private static Analyser afterimage(Analysis analysis) {
        return text -> SqlAnalyzer.analyze(text.sql(), text.dialect(), analysis);
    }

    private static Object druid(Text text) {
        return SQLParserUtils.createSQLStatementParser(text.sql(), dbType(text.dialect()))
                .parseStatementList();
    }

    private static DbType dbType(SqlDialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> DbType.postgresql;
            case MYSQL -> DbType.mysql;
            case H2 -> DbType.h2;
            case ORACLE -> DbType.oracle;
            case TSQL -> DbType.sqlserver;
            case ANSI -> DbType.other;
        };
    }

    /** On the calling thread, where its own entry points would start another one for the sake of a time-out. */
    private static Object jsqlparser(Text text) throws Exception {
        CCJSqlParser parser = CCJSqlParserUtil.newParser(text.sql())
                .withAllowComplexParsing(true)
                .withSquareBracketQuotation(text.dialect() == SqlDialect.TSQL)
                .withBackslashEscapeCharacter(text.dialect() == SqlDialect.MYSQL);
        return parser.Statements();
    }

    /** Those texts that every one of some analysers understands; says on standard output how many each did not. */
    static List<Text> understood(List<Text> texts, List<String> analysers) {
        boolean[] left = new boolean[texts.size()];
        Arrays.fill(left, true);
        for (String name : analysers) {
            Analyser analyser = of(name);
            int errors = 0;
            for (int i = 0; i < left.length; i++) {
                boolean understood = analyser.understands(texts.get(i));
                left[i] &= understood;
                errors += understood ? 0 : 1;
            }
            System.out.println("[" + name + " does not understand " + errors + " of " + left.length + " texts]");
        }
        List<Text> understood = new ArrayList<>();
        for (int i = 0; i < left.length; i++) {
            if (left[i]) {
                understood.add(texts.get(i));
            }
        }
        return understood;
    }
}
