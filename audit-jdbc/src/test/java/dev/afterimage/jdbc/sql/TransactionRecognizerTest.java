package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    POSTGRESQL | prepare transaction 'It''s' =>> PREPARE_TRANSACTION It's
                    POSTGRESQL | COMMIT PREPARED 'g' =>> COMMIT_PREPARED g
                    POSTGRESQL | rollback prepared $$g$$ =>> ROLLBACK_PREPARED g
                    POSTGRESQL | prepare transaction E'g\\'s' =>> PREPARE_TRANSACTION g's
                    MYSQL | xa start 'x' =>> BEGIN x,,1
                    MYSQL | XA BEGIN 'x','b' join =>> BEGIN x,b,1
                    MYSQL | xa end 'x' =>> OTHER x,,1
                    MYSQL | xa prepare 'x', 'b', 7 =>> PREPARE_TRANSACTION x,b,7
                    MYSQL | xa commit 'x' =>> COMMIT_PREPARED x,,1
                    MYSQL | xa commit 'x','',1 one phase =>> COMMIT x,,1
                    MYSQL | xa rollback 0x61 =>> ROLLBACK_PREPARED 0x61,,1
                    MYSQL | xa recover =>> OTHER null
                    MYSQL | commit =>> COMMIT null
                    H2 | prepare commit "x y" =>> PREPARE_TRANSACTION x y
                    H2 | prepare commit x =>> PREPARE_TRANSACTION X
                    H2 | commit transaction "X" =>> COMMIT_PREPARED X
                    H2 | rollback transaction x =>> ROLLBACK_PREPARED X
                    """)
    void namesOfTwoPhases(String statement, String expected) {
        String[] parts = statement.split(" \\| ", 2);
        SingleStatement read = SqlAnalyzer.analyze(parts[1], SqlDialect.valueOf(parts[0]))
                .statements()
                .get(0);
        assertThat(read.kind() + " " + read.name()).isEqualTo(expected);
    }

    @Test
    void startingABranchCommitsNothing() {
        assertThat(SqlAnalyzer.analyze("xa start 'x'", SqlDialect.MYSQL)
                        .statements()
                        .get(0)
                        .commitsImplicitly())
                .isFalse();
        assertThat(SqlAnalyzer.analyze("begin", SqlDialect.MYSQL)
                        .statements()
                        .get(0)
                        .commitsImplicitly())
                .isTrue();
    }
}
