package dev.afterimage.jdbc.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every way back leads to the very wrapper that the application got, on a real driver. */
class IdentityTest {

    private Connection raw;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        raw = DriverManager.getConnection("jdbc:h2:mem:");
        connection = new AuditedConnection(raw, new TestAuditing());
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table t (id int generated always as identity primary key, a int array, r clob)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        raw.close();
    }

    @Test
    void statementsAnswerTheirConnection() throws SQLException {
        assertThat(connection.createStatement().getConnection()).isSameAs(connection);
        assertThat(connection.prepareStatement("select 1").getConnection()).isSameAs(connection);
        assertThat(connection.prepareCall("call 1").getConnection()).isSameAs(connection);
    }

    @Test
    void resultSetsAnswerTheirStatement() throws SQLException {
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("select 1");

        assertThat(statement.executeQuery("select 1").getStatement()).isSameAs(statement);
        assertThat(prepared.executeQuery().getStatement()).isSameAs(prepared);
        assertThat(prepared.execute()).isTrue();
        assertThat(prepared.getResultSet().getStatement()).isSameAs(prepared);
    }

    @Test
    void oneResultSetHasOneWrapper() throws SQLException {
        Statement statement = connection.createStatement();

        ResultSet result = statement.executeQuery("select 1");

        assertThat(statement.getResultSet()).isSameAs(result);
    }

    @Test
    void generatedKeysAnswerNoRawStatement() throws SQLException {
        Statement statement = connection.createStatement();
        statement.executeUpdate("insert into t (a) values (array[1])", Statement.RETURN_GENERATED_KEYS);

        ResultSet keys = statement.getGeneratedKeys();

        assertThat(keys.next()).isTrue();
        assertThat(keys.getInt(1)).isEqualTo(1);
        assertThat(keys.getStatement()).isIn(statement, null);
    }

    @Test
    void metaDataAnswersItsConnectionAndStaysTheSame() throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();

        assertThat(metaData.getConnection()).isSameAs(connection);
        try (ResultSet tables = metaData.getTables(null, null, "T", null)) {
            assertThat(tables).isInstanceOf(AuditedResultSet.class);
            assertThat(tables.next()).isTrue();
            assertThat(tables.getStatement()).isNull();
        }
    }

    @Test
    void anArrayGoesRoundTheDriverAndBack() throws SQLException {
        Array sent = connection.createArrayOf("int", new Object[] {1, 2});
        try (PreparedStatement insert = connection.prepareStatement("insert into t (a) values (?), (?)")) {
            insert.setArray(1, sent);
            insert.setObject(2, sent);
            assertThat(insert.executeUpdate()).isEqualTo(2);
        }
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("select a from t")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getArray(1)).isInstanceOf(AuditedArray.class);
            assertThat(rows.getObject(1)).isInstanceOf(AuditedArray.class);
            assertThat(rows.getObject(1, Array.class)).isInstanceOf(AuditedArray.class);
            assertThat((Object[]) rows.getArray(1).getArray()).containsExactly(1, 2);
            assertThat(rows.getArray(1).getResultSet()).isInstanceOf(AuditedResultSet.class);
        }
    }

    @Test
    void aRowValueIsAnAuditedResultSet() throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("select row (1, 'x'), array[row (2, 'y')]")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getObject(1)).isInstanceOf(AuditedResultSet.class);
            assertThat((Object[]) rows.getArray(2).getArray()).hasOnlyElementsOfType(AuditedResultSet.class);
        }
    }

    @Test
    void wrappersAreEqualOnlyToThemselves() throws SQLException {
        Connection other = new AuditedConnection(raw, new TestAuditing());

        assertThat(connection).isNotEqualTo(other).isNotEqualTo(raw).hasToString(raw.toString());
        assertThat(new HashSet<>(List.of(connection, other, raw))).hasSize(3).contains(connection);
    }
}
