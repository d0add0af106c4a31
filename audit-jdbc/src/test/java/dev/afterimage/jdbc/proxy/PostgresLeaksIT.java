package dev.afterimage.jdbc.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways by which pgjdbc makes statements of its own and would hand them out. */
class PostgresLeaksIT {

    private static EmbeddedPostgres postgres;

    private Connection connection;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void open() throws SQLException {
        DataSource audited = new AuditedDataSource(postgres.getPostgresDatabase(), new TestAuditing());
        connection = audited.getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table t (id serial primary key, a int[])");
            statement.execute("create function f() returns refcursor language plpgsql as "
                    + "$$declare c refcursor; begin open c for select 7; return c; end$$");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void aCursorAmongOutParameters() throws SQLException {
        try (CallableStatement call = connection.prepareCall("{? = call f()}")) {
            call.registerOutParameter(1, Types.REF_CURSOR);
            call.execute();

            try (ResultSet cursor = (ResultSet) call.getObject(1)) {
                leadsBack(cursor);
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.getInt(1)).isEqualTo(7);
            }
        }
    }

    @Test
    void aCursorAmongColumns() throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("select f()")) {
            assertThat(row.next()).isTrue();
            leadsBack((ResultSet) row.getObject(1));
        }
    }

    @Test
    void theResultSetOfAnArray() throws SQLException {
        Array array = connection.createArrayOf("int4", new Object[] {1, 2});
        try (PreparedStatement select = connection.prepareStatement("select ?::int[], ?::int[]")) {
            select.setArray(1, array);
            select.setObject(2, array);
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat((Object[]) row.getArray(1).getArray()).containsExactly(1, 2);
                assertThat(row.getObject(2)).isInstanceOf(AuditedArray.class).hasToString("{1,2}");
                leadsBack(row.getArray(2).getResultSet());
            }
        }
    }

    @Test
    void generatedKeysAndMetaData() throws SQLException {
        try (Statement insert = connection.createStatement()) {
            insert.executeUpdate("insert into t (a) values ('{1}')", Statement.RETURN_GENERATED_KEYS);
            assertThat(insert.getGeneratedKeys().getStatement()).isSameAs(insert);
            assertThat(insert.getGeneratedKeys()).isSameAs(insert.getGeneratedKeys());
        }
        try (ResultSet tables = connection.getMetaData().getTables(null, null, "t", null)) {
            leadsBack(tables);
        }
    }

    private void leadsBack(ResultSet result) throws SQLException {
        Statement statement = result.getStatement();
        assertThat(result).isInstanceOf(AuditedResultSet.class);
        assertThat(statement).isInstanceOf(AuditedStatement.class).isSameAs(result.getStatement());
        assertThat(statement.getConnection()).isSameAs(connection);
        assertThat(statement.getResultSet())
                .satisfiesAnyOf(
                        same -> assertThat(same).isNull(),
                        same -> assertThat(same).isInstanceOf(AuditedResultSet.class));
    }
}
