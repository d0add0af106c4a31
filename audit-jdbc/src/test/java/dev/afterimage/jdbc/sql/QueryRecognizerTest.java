package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries, and the writes that hide in them: a statement beside what {@link PlanText} says of its plan. */
final class QueryRecognizerTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    with a as (insert into x values (1) returning *), b as (with c as (select 1) update y set z=1 where id=2) delete from w where id=1 =>> INSERT x in NESTED VALUES (NUMBER:1) returning; UPDATE y in NESTED [z] (NUMBER:1) where EQUALITIES id=NUMBER:2; DELETE w where EQUALITIES id=NUMBER:1
                    select * from t where d ?? 'x' and e @> '{}' and f = ? =>> SELECT
                    select a into temp table x from y =>> SELECT_INTO x SELECT
                    (select 1) union (select 2) =>> SELECT
                    values (1), (2) =>> SELECT
                    table t =>> SELECT
                    select * from t for update =>> SELECT
                    select 'insert into t values (1)' -- delete from t =>> SELECT
                    /* ? /* nested ? */ ? */ select ? =>> SELECT
                    with recursive a(n) as (values (1) union all select n+1 from a) select * from a =>> SELECT
                    with a as materialized (update t set x=1 returning *) insert into u select * from a =>> UPDATE t in NESTED [x] (NUMBER:1) returning; INSERT u SELECT
                    select 1 into temp.t =>> SELECT_INTO temp.t SELECT
                    select 1 into global temp t =>> SELECT_INTO t SELECT
                    select 1 into temp from u =>> SELECT_INTO temp SELECT
                    select a as into from t =>> SELECT
                    select a as case into u from t =>> SELECT_INTO u SELECT
                    """)
    void postgresql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.POSTGRESQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    select * from t where id=1 for update =>> SELECT
                    """)
    void mysql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.MYSQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    select * from final table (insert into t (a) values (?)) =>> INSERT T in NESTED [A] VALUES (?1)
                    select * from final table (delete from t where id = 1) where k = 2 =>> DELETE T in NESTED where EQUALITIES ID=NUMBER:1
                    """)
    void h2(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.H2, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    with c as (select * from t) update c set a=1 =>> unreadable UPDATE ? [a] (NUMBER:1)
                    select * into #x from t =>> SELECT_INTO #x SELECT
                    """)
    void sqlServer(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.TSQL, sql)).isEqualTo(plan);
    }
}
