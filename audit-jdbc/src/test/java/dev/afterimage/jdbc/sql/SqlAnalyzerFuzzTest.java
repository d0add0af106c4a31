package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Mutated, huge and deeply nested texts: the analyser never throws, never loops and stays linear. The seed is printed and
 * can be given as {@code -Daudit.seed=N}; {@code -Daudit.fuzz.rounds=N} sets the number of mutations.
 */
final class SqlAnalyzerFuzzTest {
    private static final long SEED = Long.getLong("audit.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("audit.fuzz.rounds", 60_000);
    private static final int MEGABYTE = 1 << 20;

    private static final List<String> OWN = List.of(
            "insert into s.\"T x\" (a, \"B\") values (?, 'it''s'), (-1.5, default) on conflict (a) do update set b = 1",
            "update t as x set a = case when b then 1 end, (c, d) = (1, ?) from y where x.id = ? and (k, l) in ((1, 2))",
            "with a as (with b as (select 1) delete from x where id in (1, ?) returning *) select * from a",
            "merge into t using (select 1) s on t.id = s.id when matched then delete when not matched then insert (a) values (1)",
            "delete t1.*, t2 from t1 join t2 using (id) where t1.a = 1 and not (b = 2 or c between 1 and 2)",
            "select e'a\\'b', $q$ ? $q$, u&\"d\\0061t\", q'[x]', `b`, [c], /* /* */ */ -- x\n @v, :x, {d '2026-01-01'}",
            "begin; create table t as select 1; copy (delete from t returning *) to stdout; savepoint s; explain analyze update t set a = 1; commit",
            "create function f() begin atomic insert into t values (1); end; load data infile 'x' into table t (a, @b) set c = 1");

    private static final List<String> SPLICES = List.of(
            "(",
            ")",
            ",",
            ";",
            "'",
            "\"",
            "`",
            "[",
            "]",
            "{",
            "}",
            "$$",
            "$a$",
            "/*",
            "*/",
            "--",
            "\n",
            "?",
            ".",
            "=",
            "::",
            " and ",
            " or ",
            " case ",
            " end ",
            " select ",
            " insert into t ",
            " update ",
            " set ",
            " where ",
            " with ",
            " values ",
            " as (",
            " in (",
            " between ",
            "/*! ",
            "é",
            "\0",
            "\\",
            "@",
            ":",
            "#",
            "\ud83d",
            " from ",
            " on ");

    @Test
    void mutationsNeverThrow() throws IOException {
        System.out.println("audit.seed=" + SEED);
        Random random = new Random(SEED);
        List<String> statements = statements();
        SqlDialect[] dialects = SqlDialect.values();
        for (int i = 0; i < ROUNDS; i++) {
            String sql = statements.get(random.nextInt(statements.size()));
            for (int n = random.nextInt(4); n >= 0; n--) {
                sql = mutate(sql, statements, random);
            }
            analyze(sql, dialects[random.nextInt(dialects.length)]);
        }
    }

    private static List<String> statements() throws IOException {
        List<String> statements = new ArrayList<>(OWN);
        Optional<Path> corpus = Corpus.directory();
        if (corpus.isPresent()) {
            Corpus.read(corpus.orElseThrow()).forEach(entry -> statements.add(entry.sql()));
        }
        return statements;
    }

    private static String mutate(String sql, List<String> others, Random random) {
        int at = random.nextInt(sql.length() + 1);
        int to = at + random.nextInt(sql.length() - at + 1);
        return switch (random.nextInt(7)) {
            case 0 -> sql.substring(0, at);
            case 1 -> sql.substring(at);
            case 2 -> sql.substring(0, at) + sql.substring(to);
            case 3 -> sql.substring(0, at) + SPLICES.get(random.nextInt(SPLICES.size())) + sql.substring(at);
            case 4 -> sql.substring(0, at) + " /* ; ' */ -- x\n" + sql.substring(at);
            case 5 -> {
                String other = others.get(random.nextInt(others.size()));
                yield sql.substring(0, at) + other.substring(random.nextInt(other.length() + 1));
            }
            default -> sql.substring(0, at) + (char) random.nextInt(0x180) + sql.substring(at);
        };
    }

    /** Analyses, reads all that the plan offers, and says on which text it failed. */
    private static StatementPlan analyze(String sql, SqlDialect dialect) {
        try {
            StatementPlan plan = SqlAnalyzer.analyze(sql, dialect);
            assertThat(PlanText.of(dialect, sql)).isNotEmpty();
            assertThat(plan.writes()).isEqualTo(!plan.operations().isEmpty());
            return plan;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("audit.seed=" + SEED + ", " + dialect + ": " + sql, e);
        }
    }

    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void aStringCutOffAnywhereIsReadAsFarAsItGoes(SqlDialect dialect) {
        for (String string :
                List.of("'a''b'", "E'a\\'b'", "U&'a\\0041'", "N'ab'", "q'[ab]'", "$tag$ab$tag$", "X'0A'", "\"a\"")) {
            for (int length = 1; length <= string.length(); length++) {
                analyze("insert into t values (" + string.substring(0, length), dialect);
                analyze("update t set a = 1 where id = " + string.substring(0, length), dialect);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void commentsBetweenTokensChangeNothing(SqlDialect dialect) {
        String plain = "update t set a = 1 , b = ? where id = 5 and k in ( 1 , ? )";
        String commented = plain.replace(" ", " /* ' ; ( */ -- \" ;\n");

        assertThat(PlanText.of(dialect, commented)).isEqualTo(PlanText.of(dialect, plain));
    }

    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void deepNestingEndsInAnAnswer(SqlDialect dialect) {
        for (String open : List.of(
                "(",
                "[",
                "{",
                "case ",
                "(select (",
                "with a as (",
                "(with a as (update t set x = ",
                "(insert into t select ",
                "/*",
                "begin ",
                "explain analyze ",
                "not ",
                "a = 1 and (",
                "((a, b) = ((",
                "-",
                "+",
                "a.",
                "::x",
                "cast(",
                "if ",
                "over(",
                "values (",
                "delete from t where (")) {
            for (String start :
                    List.of("", "select ", "update t set a = ", "delete from t where ", "insert into t values (")) {
                analyze(start + open.repeat(20_000), dialect);
            }
        }
    }

    /** A quadratic scan of these megabytes would take hours; the bound is far from both. */
    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void megabytesAreReadInLinearTime(SqlDialect dialect) {
        for (String part : List.of(
                "(1, 'x', ?), ",
                "a and ",
                "a = 1 or ",
                "a = 1 and ",
                "(a = 1 and ",
                "/* x */ ",
                "'x' ",
                "$a$ ",
                "_a ",
                "x.",
                "a in (1, 2) and ",
                "(1, ",
                "[",
                "\"",
                "@",
                "a between 1 and ",
                "; ",
                "q'[ ",
                "set a = 1, ",
                "with a as (",
                "- ",
                "(a, (",
                "a in (1, b) and ",
                "((((",
                "when matched then update set a = 1 ",
                "on conflict ",
                "case when a = 1 ")) {
            String body = part.repeat(MEGABYTE / part.length());
            for (String start : List.of("insert into t values ", "update t set a = 1 where ", "update t set ")) {
                Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(30),
                        () -> SqlAnalyzer.analyze(start + body, dialect),
                        () -> "not linear: " + start + part);
            }
        }
    }
}
