package dev.afterimage.jmh.driver;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A data source whose connections accept everything: an update changes one row, a query answers ten. The objects are made
 * once, as a warm pool and a statement cache would have them.
 */
public final class IdleDriver implements DataSource {

    private final Connection connection = new IdleSession();

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public Connection getConnection(String user, String password) {
        return connection;
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return null;
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }

    private static final class IdleSession extends IdleConnection {
        private final PreparedStatement statement = new IdleUpdate(this);
        private final DatabaseMetaData metaData = new IdleMetaData();

        @Override
        public PreparedStatement prepareStatement(String sql) {
            return statement;
        }

        @Override
        public Statement createStatement() {
            return statement;
        }

        @Override
        public DatabaseMetaData getMetaData() {
            return metaData;
        }
    }

    private static final class IdleMetaData extends IdleDatabaseMetaData {
        @Override
        public String getDatabaseProductName() {
            return "Idle";
        }

        @Override
        public String getURL() {
            return "jdbc:idle:";
        }
    }

    private static final class IdleUpdate extends IdlePreparedStatement {
        private static final int[] NONE = {};
        private final Connection connection;
        private int[] counts = NONE;
        private int rows;

        IdleUpdate(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Connection getConnection() {
            return connection;
        }

        @Override
        public int executeUpdate() {
            return 1;
        }

        @Override
        public void addBatch() {
            rows++;
        }

        @Override
        public int[] executeBatch() {
            if (counts.length != rows) {
                counts = new int[rows];
                Arrays.fill(counts, 1);
            }
            rows = 0;
            return counts;
        }

        @Override
        public ResultSet executeQuery() {
            return new TenRows();
        }
    }

    private static final class TenRows extends IdleResultSet {
        private int row;

        @Override
        public boolean next() {
            return row++ < 10;
        }

        @Override
        public int getInt(int column) {
            return row;
        }

        @Override
        public String getString(int column) {
            return "text";
        }
    }
}
