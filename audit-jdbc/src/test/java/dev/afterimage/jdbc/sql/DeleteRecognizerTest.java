package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DELETE: a statement beside what {@link PlanText} says of its plan. */
final class DeleteRecognizerTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    delete from t where id=? limit =>> DELETE t where EQUALITIES id=?1
                    delete from t using u where t.id=u.id and u.x=1 =>> DELETE t where MIXED OTHER.x=NUMBER:1
                    delete from t as d where d.id = -1 returning id =>> DELETE t as d where EQUALITIES id=NUMBER:-1 returning
                    delete from "a.b"."c""d" =>> DELETE a.b.c"d
                    """)
    void postgresql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.POSTGRESQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    delete from t.*, u using t join u where t.id=1 =>> DELETE t where EQUALITIES id=NUMBER:1; DELETE u where EQUALITIES OTHER.id=NUMBER:1
                    delete t from t where id = 1 =>> DELETE t where EQUALITIES id=NUMBER:1
                    delete from t partition (p0) as x where x.id = 1 =>> DELETE t as x where EQUALITIES id=NUMBER:1
                    """)
    void mysql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.MYSQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    delete top (10) from t output deleted.* into log.l(a) where id=@p =>> DELETE t where OTHER returning; INSERT log.l [a] SELECT
                    delete x from t x where x.id=1 =>> DELETE t as x where EQUALITIES id=NUMBER:1
                    delete t from t inner merge join u on t.id = u.id where t.k = 1 =>> DELETE t where EQUALITIES k=NUMBER:1
                    delete t where a > 1 select * into #x from u where b = 2 and id = 5 =>> DELETE t where OTHER; SELECT_INTO #x SELECT
                    """)
    void sqlServer(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.TSQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    delete from t where id = 1 // note =>> DELETE T where EQUALITIES ID=NUMBER:1
                    """)
    void h2(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.H2, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    delete t where id = 1 =>> DELETE T where EQUALITIES ID=NUMBER:1
                    delete from s.t x where x."a" = n'1' =>> DELETE S.T as X where EQUALITIES a=STRING:1
                    delete from t where id = 1 log errors reject limit 5 =>> DELETE T where EQUALITIES ID=NUMBER:1
                    """)
    void oracle(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.ORACLE, sql)).isEqualTo(plan);
    }
}
