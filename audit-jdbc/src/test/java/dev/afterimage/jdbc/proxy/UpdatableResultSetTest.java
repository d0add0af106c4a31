package dev.afterimage.jdbc.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.jdbc.AuditDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The one place where the wrapper asks the driver something of its own: the row that is about to change. The conformance
 * kit, whose result set has no text behind it, sees none of this; here it is written down call by call.
 */
class UpdatableResultSetTest {

    private final List<String> calls = new ArrayList<>();

    @Test
    void readingARowAsksNothing() throws SQLException {
        use(rows -> {
            rows.next();
            rows.getString(2);
        });
        assertThat(calls).containsExactly("next", "getString 2");
    }

    @Test
    void updatingARowReadsWhatItWas() throws SQLException {
        use(rows -> {
            rows.next();
            rows.updateString(2, "x");
            rows.updateRow();
            rows.updateString(2, "y");
            rows.updateRow();
        });
        assertThat(calls)
                .containsExactly(
                        "next",
                        "updateString 2",
                        "getMetaData",
                        "wasNull",
                        "getString 1",
                        "getString 2",
                        "getString 2",
                        "updateRow",
                        "updateString 2",
                        "wasNull",
                        "getString 1",
                        "getString 2",
                        "getString 2",
                        "updateRow");
    }

    @Test
    void insertingARowReadsNone() throws SQLException {
        use(rows -> {
            rows.moveToInsertRow();
            rows.updateInt(1, 2);
            rows.insertRow();
        });
        assertThat(calls).containsExactly("moveToInsertRow", "getMetaData", "updateInt 1", "insertRow");
    }

    /** What a test does with a row. */
    @FunctionalInterface
    private interface Work {
        void on(ResultSet rows) throws SQLException;
    }

    private void use(Work work) throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:");
        DataSource recorded = recorded(DataSource.class, h2);
        try (AuditTrail trail = AuditTrail.start(AuditConfiguration.of(Map.of()), new DiscardingSink());
                Connection connection = Objects.requireNonNull(AuditDataSource.builder(recorded, trail)
                        .background(h2)
                        .build()
                        .getConnection());
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
            statement.execute("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(9), large CLOB)");
            statement.execute("INSERT INTO t VALUES (1, 'a', 'b')");
            calls.clear();
            ResultSet rows = statement.executeQuery("SELECT * FROM t");
            work.on(rows);
        }
    }

    /** The same object, with the calls of its result sets written down. */
    private <T> T recorded(Class<T> type, Object raw) {
        return type.cast(Proxy.newProxyInstance(
                UpdatableResultSetTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (type == ResultSet.class) {
                        calls.add(method.getName() + (arguments == null ? "" : " " + arguments[0]));
                    }
                    try {
                        return recorded(method.invoke(raw, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                }));
    }

    private @Nullable Object recorded(@Nullable Object answer) {
        for (Class<?> type : List.of(Connection.class, Statement.class, ResultSet.class)) {
            if (type.isInstance(answer)) {
                return recorded(type, answer);
            }
        }
        return answer;
    }
}
