package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MERGE: a statement beside what {@link PlanText} says of its plan. */
final class MergeRecognizerTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    merge into t as x using s on x.id=s.id when matched and s.d then delete when matched then update set a=s.a, b=1 when not matched then insert (id,a) values (1,2) when not matched by source then do nothing =>> MERGE t as x [a, b, id]
                    merge into only (t) as x using s on x.id = s.id when matched then update set a = 1 =>> MERGE t as x [a]
                    merge into t delete using u on true when not matched by source then delete =>> MERGE t as delete
                    """)
    void postgresql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.POSTGRESQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    merge into t (id,a) key (id) values (1,?) =>> MERGE T [ID, A] VALUES (NUMBER:1, ?1)
                    merge into t key (id) values (?, 'x') =>> MERGE T VALUES (?1, STRING:x)
                    merge into t using u on (delete = 1) when matched then delete =>> MERGE T
                    """)
    void h2(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.H2, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    merge into t using s on (t.id=s.id) when matched then update set t.a=1 where s.x=2 delete where t.a=3 when not matched then insert (t.id) values (1) =>> MERGE T [A, ID]
                    merge into t a using (select 1 x from dual) s on (a.id = s.x) when matched then update set a.b = 1 =>> MERGE T as A [B]
                    """)
    void oracle(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.ORACLE, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    merge t as x using s on x.id = s.id when matched then update set a = 1 when not matched by target then insert (id) values (1) output $action; =>> MERGE t as x [a, id] returning
                    """)
    void sqlServer(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.TSQL, sql)).isEqualTo(plan);
    }
}
