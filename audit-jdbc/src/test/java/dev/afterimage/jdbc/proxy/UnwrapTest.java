package dev.afterimage.jdbc.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbc.JdbcDatabaseMetaData;
import org.h2.jdbc.JdbcResultSet;
import org.h2.jdbc.JdbcStatement;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A wrapper answers for its own types; the driver's objects leave through the policy. */
class UnwrapTest {

    private final List<Class<?>> unwrapped = new ArrayList<>();
    private DataSource dataSource;
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:");
        dataSource = new AuditedDataSource(h2, remembering());
        connection = dataSource.getConnection();
    }

    private Auditing remembering() {
        return new TestAuditing() {
            @Override
            public void unwrapped(Class<?> type) {
                unwrapped.add(type);
            }
        };
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void standardAndOwnTypesAreTheWrapperItself() throws SQLException {
        Statement statement = connection.createStatement();

        assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
        assertThat(connection.unwrap(AuditedConnection.class)).isSameAs(connection);
        assertThat(statement.unwrap(Statement.class)).isSameAs(statement);
        assertThat(dataSource.unwrap(DataSource.class)).isSameAs(dataSource);
        assertThat(connection.isWrapperFor(Connection.class)).isTrue();
        assertThat(unwrapped).isEmpty();
    }

    @Test
    void driverTypesAreTheRawObjectAndAreHeardOf() throws SQLException {
        Statement statement = connection.createStatement();

        handsOut(dataSource, JdbcDataSource.class);
        handsOut(connection, JdbcConnection.class);
        handsOut(connection.getMetaData(), JdbcDatabaseMetaData.class);
        handsOut(statement, JdbcStatement.class);
        handsOut(statement.executeQuery("select 1"), JdbcResultSet.class);
    }

    private <T> void handsOut(Wrapper wrapper, Class<T> type) throws SQLException {
        unwrapped.clear();

        assertThat(wrapper.isWrapperFor(type)).isTrue();
        assertThat(unwrapped).isEmpty();
        assertThat(wrapper.unwrap(type)).isExactlyInstanceOf(type);
        assertThat(unwrapped).containsExactly(type);
    }

    @Test
    void whatTheDriverDoesNotHaveIsRefusedByTheDriver() throws SQLException {
        assertThat(connection.isWrapperFor(Runnable.class)).isFalse();
        assertThatThrownBy(() -> connection.unwrap(Runnable.class)).isInstanceOf(SQLException.class);
        assertThat(unwrapped).isEmpty();
    }

    @Test
    void thePolicyMayRefuse() throws SQLException {
        SQLException refusal = new SQLException("audit.unwrap=deny");
        Auditing refusing = new TestAuditing() {
            @Override
            public void unwrapped(Class<?> type) throws SQLException {
                throw refusal;
            }
        };
        try (Connection guarded = new AuditedConnection(connection, refusing)) {
            assertThatThrownBy(() -> guarded.unwrap(JdbcConnection.class)).isSameAs(refusal);
        }
    }
}
