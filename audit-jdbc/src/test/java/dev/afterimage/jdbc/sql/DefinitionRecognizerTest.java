package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DDL, and CREATE statements that fill what they create: a statement beside what {@link PlanText} says of its plan. */
final class DefinitionRecognizerTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    create table if not exists a.b as select 1 =>> CREATE_TABLE_AS a.b SELECT
                    create table a (b int default (1), c text generated always as (x) stored) =>> DDL
                    create function f() returns int begin atomic insert into x values (1); select case when 1=1 then 2 end; end; delete from t =>> DELETE t
                    create materialized view v as select 1 =>> CREATE_TABLE_AS v SELECT
                    create table t as execute p =>> CREATE_TABLE_AS t SELECT
                    create rule r as on insert to t do instead (insert into u values (1); delete from v) =>> DDL
                    create trigger g after insert or update on t for each row execute function f() =>> DDL
                    create table if as select 1 =>> CREATE_TABLE_AS if SELECT
                    """)
    void postgresql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.POSTGRESQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    create temporary table t (a int) select 1 =>> CREATE_TABLE_AS t SELECT
                    create procedure p() begin delete from t; end =>> DDL
                    """)
    void mysql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.MYSQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    create table t as select 1 =>> CREATE_TABLE_AS T SELECT
                    """)
    void h2(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.H2, sql)).isEqualTo(plan);
    }
}
