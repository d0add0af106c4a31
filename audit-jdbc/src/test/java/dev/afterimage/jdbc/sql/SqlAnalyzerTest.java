package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan as a whole: statements, savepoints, parameters, what may write. */
final class SqlAnalyzerTest {

    @Test
    void severalStatementsKeepTheirOrderAndTheirWrites() {
        StatementPlan plan = SqlAnalyzer.analyze(
                "begin; insert into t values (?); savepoint \"S 1\"; delete from u where id = ?; rollback to s2; commit",
                SqlDialect.POSTGRESQL);

        assertThat(plan.kind()).isEqualTo(StatementKind.MULTIPLE);
        assertThat(plan.statements())
                .extracting(SingleStatement::kind)
                .containsExactly(
                        StatementKind.BEGIN,
                        StatementKind.INSERT,
                        StatementKind.SAVEPOINT,
                        StatementKind.DELETE,
                        StatementKind.ROLLBACK_TO_SAVEPOINT,
                        StatementKind.COMMIT);
        assertThat(plan.statements())
                .extracting(SingleStatement::name)
                .containsExactly(null, null, "S 1", null, "s2", null);
        assertThat(plan.statements()
                        .get(3)
                        .writes()
                        .get(0)
                        .key()
                        .conjuncts()
                        .get(0)
                        .parameter(0, 0))
                .isEqualTo(2);
        assertThat(plan.operations()).hasSize(2);
        assertThat(plan.parameterCount()).isEqualTo(2);
    }

    @Test
    void aStatementKnowsItsPlaceInTheText() {
        String sql = " insert into t values (1) ; /* x */ delete from t ";
        List<SingleStatement> statements =
                SqlAnalyzer.analyze(sql, SqlDialect.POSTGRESQL).statements();

        assertThat(statements)
                .extracting(statement -> sql.substring(statement.start(), statement.end()))
                .containsExactly("insert into t values (1)", "delete from t");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    select ? => 1
                    select '?', "?", $$?$$, e'\\\\'?', ? -- ? => 1
                    select a ?? 'x', b ??| ? => 1
                    insert into t values (?, ?), (?, cast(? as int)) => 4
                    {? = call f(?, ?)} => 3
                    """)
    void countsParameters(String sql, int parameters) {
        assertThat(SqlAnalyzer.analyze(sql, SqlDialect.POSTGRESQL).parameterCount())
                .isEqualTo(parameters);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    select 1 => false
                    ~~ => false
                    -- nothing => false
                    begin => false
                    set x = 1 => false
                    explain delete from t => false
                    create table t (a int) => true
                    call p() => true
                    execute p => true
                    do 'x' => true
                    whatever this is => true
                    select 'open => true
                    select 1; drop table t => true
                    """)
    void knowsWhatMayWrite(String sql, boolean canWrite) {
        StatementPlan plan = SqlAnalyzer.analyze(sql, SqlDialect.POSTGRESQL);

        assertThat(plan.canWrite()).isEqualTo(canWrite);
        assertThat(plan.writes()).isFalse();
    }

    @Test
    void ddlCommitsWhereTheDatabaseSaysSo() {
        assertThat(commits("create table t (a int)", SqlDialect.POSTGRESQL)).isFalse();
        assertThat(commits("create table t (a int)", SqlDialect.H2)).isTrue();
        assertThat(commits("create table t (a int)", SqlDialect.MYSQL)).isTrue();
        assertThat(commits("create temporary table t (a int)", SqlDialect.MYSQL))
                .isFalse();
        assertThat(commits("lock tables t write", SqlDialect.MYSQL)).isTrue();
        assertThat(commits("start transaction", SqlDialect.MYSQL)).isTrue();
        assertThat(commits("insert into t values (1)", SqlDialect.MYSQL)).isFalse();
    }

    private static boolean commits(String sql, SqlDialect dialect) {
        return SqlAnalyzer.analyze(sql, dialect).statements().get(0).commitsImplicitly();
    }

    @Test
    void longNamesAreCutAsPostgresqlCutsThem() {
        String name = "n".repeat(70);
        TableName table = SqlAnalyzer.analyze("delete from " + name, SqlDialect.POSTGRESQL)
                .operations()
                .get(0)
                .table();

        assertThat(table).isEqualTo(new TableName(null, null, "n".repeat(63), false));
    }

    @Test
    void packedValuesSurviveTheirEncoding() {
        for (ValueSource.Kind kind : ValueSource.Kind.values()) {
            for (LiteralKind literal : LiteralKind.values()) {
                long cell = Cell.pack(kind, literal, Cell.MAX_TEXT, 7);
                assertThat(Cell.kind(cell)).isEqualTo(kind);
                assertThat(Cell.literalKind(cell)).isEqualTo(literal);
                assertThat(Cell.start(cell)).isEqualTo(Cell.MAX_TEXT);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PostgreSQL, POSTGRESQL",
        "MySQL, MYSQL",
        "MariaDB, MYSQL",
        "H2, H2",
        "Oracle, ORACLE",
        "Microsoft SQL Server, TSQL",
        "Apache Derby, ANSI"
    })
    void knowsProducts(String product, SqlDialect dialect) {
        assertThat(SqlDialect.ofProductName(product)).isEqualTo(dialect);
    }
}
