package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TRUNCATE, COPY, LOAD DATA, REFRESH: a statement beside what {@link PlanText} says of its plan. */
final class BulkRecognizerTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    truncate table only a, b.c * , d restart identity cascade =>> TRUNCATE a; TRUNCATE b.c; TRUNCATE d
                    copy s.t (a,b) from stdin with (format csv) =>> COPY s.t [a, b]
                    copy (delete from t returning *) to stdout =>> DELETE t in COPY returning
                    refresh materialized view concurrently s.v with no data =>> REFRESH s.v
                    copy t to stdout =>> COPY_OUT
                    copy (select * from t) to stdout =>> COPY_OUT
                    truncate only (t), s.u*, only v restart identity =>> TRUNCATE t; TRUNCATE s.u; TRUNCATE v
                    """)
    void postgresql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.POSTGRESQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    load data local infile 'x' into table d.t character set utf8 fields terminated by ',' ignore 1 lines (a,@b) set c=@b =>> LOAD d.t [a, c]
                    truncate table only =>> TRUNCATE only
                    """)
    void mysql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.MYSQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    bulk insert dbo.t from 'x' =>> LOAD dbo.t
                    """)
    void sqlServer(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.TSQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    truncate table t drop storage =>> TRUNCATE T
                    truncate cluster c =>> unreadable TRUNCATE ?
                    """)
    void oracle(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.ORACLE, sql)).isEqualTo(plan);
    }
}
