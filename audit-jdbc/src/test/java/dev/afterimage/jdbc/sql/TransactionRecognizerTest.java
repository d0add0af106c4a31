package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transaction control and settings: a statement beside what {@link PlanText} says of its plan. */
final class TransactionRecognizerTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    prepare p as insert into t values ($1) =>> PREPARE
                    begin; savepoint "A b"; rollback to savepoint "A b"; release s; commit =>> MULTIPLE
                    prepare transaction 'x1' =>> PREPARE_TRANSACTION
                    end =>> COMMIT
                    abort =>> ROLLBACK
                    start transaction isolation level serializable =>> BEGIN
                    commit prepared 'g' =>> COMMIT_PREPARED
                    rollback prepared 'g' =>> ROLLBACK_PREPARED
                    set search_path to a, b =>> SET
                    """)
    void postgresql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.POSTGRESQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    set autocommit=0 =>> AUTOCOMMIT_OFF
                    set @@session.autocommit=1 =>> AUTOCOMMIT_ON
                    xa prepare 'x' =>> PREPARE_TRANSACTION
                    set @@session.autocommit = 1 =>> AUTOCOMMIT_ON
                    """)
    void mysql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.MYSQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    commit transaction x =>> COMMIT_PREPARED
                    set autocommit false =>> AUTOCOMMIT_OFF
                    prepare commit x =>> PREPARE_TRANSACTION
                    """)
    void h2(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.H2, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    begin tran save tran s1 rollback tran s1 commit =>> MULTIPLE
                    save transaction s =>> SAVEPOINT
                    """)
    void sqlServer(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.TSQL, sql)).isEqualTo(plan);
    }
}
