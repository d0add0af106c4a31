package dev.afterimage.jdbc.adversity;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jooq.tools.jdbc.DefaultPreparedStatement;

/** A driver that needs no memory to execute and commit: whatever error the application sees is not its own. */
final class StarvingDriver {

    static final int BATCH = 3;

    private int calls;

    /** What it was asked to do that changes the database. */
    int calls() {
        return calls;
    }

    /** A data source over the driver. */
    DataSource dataSource(String url) {
        return (DataSource) Proxy.newProxyInstance(
                StarvingDriver.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("getConnection")) {
                        throw new SQLException("not here: " + method.getName());
                    }
                    return new Idle(DriverManager.getConnection(url));
                });
    }

    private final class Idle extends DefaultConnection {
        private boolean autoCommit = true;

        Idle(Connection h2) {
            super(h2);
        }

        @Override
        public PreparedStatement prepareStatement(String sql) throws SQLException {
            PreparedStatement prepared = super.prepareStatement(sql);
            return sql.startsWith("insert") ? new IdleStatement(prepared) : prepared;
        }

        @Override
        public boolean getAutoCommit() {
            return autoCommit;
        }

        @Override
        public void setAutoCommit(boolean on) {
            autoCommit = on;
        }

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public void commit() {
            calls++;
        }

        @Override
        public void rollback() {
            calls++;
        }
    }

    private final class IdleStatement extends DefaultPreparedStatement {
        private final int[] counts = {1, 1, 1};

        IdleStatement(PreparedStatement h2) {
            super(h2);
        }

        @Override
        public void setLong(int index, long value) {}

        @Override
        public void setString(int index, String value) {}

        @Override
        public int executeUpdate() {
            calls++;
            return 1;
        }

        @Override
        public void addBatch() {}

        @Override
        public int[] executeBatch() {
            calls++;
            return counts;
        }
    }
}
