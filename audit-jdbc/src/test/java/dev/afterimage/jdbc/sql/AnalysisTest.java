package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory that is used for one text after the other. The seed is printed and can be given as {@code -Daudit.seed=N}. */
final class AnalysisTest {
    private static final long SEED = Long.getLong("audit.seed", System.nanoTime());

    private static final List<String> TEXTS = List.of(
            "insert into T (a, B) values (?, 'x'), (1, default) on conflict (a, c) do update set b = 1, d = ?",
            "insert into \"T\" (a) values (1) on conflict do nothing returning a",
            "update t as x set a = 1, (c, d) = (1, ?) from y where x.id = ? and (k, l) in ((1, 2), (3, 4))",
            "update t join u on t.id = u.id set t.a = 1, u.b = 2, c = 3 where t.id in (1, 2, 3) or u.x = 1",
            "with a as (insert into v (k) values (1)), b as (update w set k = 2 where id = 3) delete from x where id = 4",
            "merge into t using (select 1) s on t.id = s.id when matched then update set a = 1, b = 2",
            "delete t1, t2 from t1 join t2 using (id) where t1.a = 1",
            "update t set a = 1 output inserted.a into o (a) where id = 1",
            "begin; delete from t where a = 1 and b = 2 and c = 3 and d = 4 and e = 5; savepoint S; commit",
            "select 'unfinished",
            "select /* no end",
            "select 1");

    @ParameterizedTest
    @EnumSource
    void aTextReadsTheSameAfterAnyOther(SqlDialect dialect) {
        System.out.println("audit.seed=" + SEED);
        Random random = new Random(SEED);
        Analysis kept = new Analysis();
        for (int round = 0; round < 100; round++) {
            List<String> texts = new ArrayList<>(TEXTS);
            Collections.shuffle(texts, random);
            for (String text : texts) {
                String sql = text.substring(0, random.nextBoolean() ? text.length() : random.nextInt(text.length()));

                assertThat(PlanText.of(SqlAnalyzer.analyze(sql, dialect, kept)))
                        .as(sql)
                        .isEqualTo(PlanText.of(dialect, sql));
            }
        }
    }

    @Test
    void aPlanStaysWhatItWas() {
        Analysis kept = new Analysis();
        List<StatementPlan> plans = new ArrayList<>();
        TEXTS.forEach(text -> plans.add(SqlAnalyzer.analyze(text, SqlDialect.POSTGRESQL, kept)));

        assertThat(plans)
                .extracting(PlanText::of)
                .isEqualTo(TEXTS.stream()
                        .map(text -> PlanText.of(SqlDialect.POSTGRESQL, text))
                        .toList());
    }

    @Test
    void theSameNameInAnotherDialectIsAnotherName() {
        Analysis kept = new Analysis();
        String sql = "delete from Orders";

        assertThat(PlanText.of(SqlAnalyzer.analyze(sql, SqlDialect.POSTGRESQL, kept)))
                .contains("orders");
        assertThat(PlanText.of(SqlAnalyzer.analyze(sql, SqlDialect.ORACLE, kept)))
                .contains("ORDERS");
    }

    @ParameterizedTest
    @EnumSource
    void namesThatDifferInOneCharacterAreDifferentNames(SqlDialect dialect) {
        Analysis kept = new Analysis();
        for (String name : List.of(
                "ab",
                "aB",
                "a$b",
                "a#b",
                "a@b",
                "a_b",
                "a1b",
                "a\u00e9b",
                "a\u00e8b",
                "a\u8868b",
                "abcdefgh",
                "abcdefgh1",
                "abcdefgh2",
                "abcdefghijklmn1",
                "abcdefghijklmn2",
                "abcdefghijklmno1",
                "abcdefghijklmno2",
                "abcdefghijklmnop1",
                "abcdefghijklmnop2")) {
            String sql = "delete from " + name + " where " + name + " = 1";

            assertThat(PlanText.of(SqlAnalyzer.analyze(sql, dialect, kept))).isEqualTo(PlanText.of(dialect, sql));
        }
    }

    @Test
    void nothingOfALongTextIsKept() {
        Analysis kept = new Analysis();
        SqlAnalyzer.analyze("insert into t values (1)", SqlDialect.POSTGRESQL, kept);
        Level small = kept.level();
        SqlAnalyzer.analyze("insert into t values (1)", SqlDialect.POSTGRESQL, kept);
        assertThat(kept.level()).isSameAs(small);

        SqlAnalyzer.analyze("insert into t values (1)" + ", (1)".repeat(10_000), SqlDialect.POSTGRESQL, kept);

        assertThat(kept.level()).isNotSameAs(small);
        assertThat(kept.lexer.sql).isEmpty();
    }
}
