package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls, blocks, EXPLAIN and what changes no table: a statement beside what {@link PlanText} says of its plan. */
final class UtilityRecognizerTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    explain (analyze, costs off) insert into t values (1) =>> INSERT t in EXPLAIN VALUES (NUMBER:1)
                    explain (analyze false) insert into t values (1) =>> EXPLAIN
                    explain insert into t values (1) =>> EXPLAIN
                    execute p(1) =>> EXECUTE
                    do $$ begin delete from x; end $$ =>> DO
                    foo bar =>> unreadable UNKNOWN
                    { ? = call f(?) } =>> CALL
                    vacuum full t =>> OTHER
                    explain analyze verbose delete from t where id = 1 =>> DELETE t in EXPLAIN where EQUALITIES id=NUMBER:1
                    call p(1) =>> CALL
                    deallocate p =>> DEALLOCATE
                    lock table t in share mode =>> OTHER
                    explain ("analyze") delete from t =>> DELETE t in EXPLAIN
                    explain (analyze "FALSE") delete from t =>> EXPLAIN
                    explain (analyze 'on') delete from t =>> DELETE t in EXPLAIN
                    """)
    void postgresql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.POSTGRESQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    analyze update t set a=1 =>> UPDATE t in EXPLAIN [a] (NUMBER:1)
                    begin not atomic delete from t; end =>> DO
                    call p(?) =>> CALL
                    handler t open =>> OTHER
                    lock tables t write =>> OTHER
                    do sleep(1) =>> OTHER
                    """)
    void mysql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.MYSQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    begin delete from t; end; =>> DO
                    explain plan for delete from t =>> EXPLAIN
                    declare x int; begin update t set a = 1; end; =>> DO
                    """)
    void oracle(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.ORACLE, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    declare @a int; if exists (select 1) update t set a=1 else insert into t values (1) =>> MULTIPLE
                    exec p 1, 2 =>> CALL
                    if 1 = 1 delete from t =>> DO
                    execute sp_x 1 =>> CALL
                    declare @a int select * into #x from u =>> SELECT_INTO #x SELECT
                    set nocount on insert into t values (1) set nocount off =>> INSERT t VALUES (NUMBER:1)
                    print 'x' delete t =>> DELETE t
                    update statistics t =>> OTHER
                    declare c cursor for select a from t for update =>> OTHER
                    """)
    void sqlServer(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.TSQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    explain analyze delete from t =>> DELETE T in EXPLAIN
                    """)
    void h2(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.H2, sql)).isEqualTo(plan);
    }
}
