package dev.afterimage.jdbc.outcome;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose database is away until it is said to be back. Thread-safe. */
final class AwayDataSource implements DataSource {

    private final DataSource database;
    private volatile boolean back;

    AwayDataSource(DataSource database) {
        this.database = database;
    }

    void comeBack() {
        back = true;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (back) {
            return database.getConnection();
        }
        throw new SQLException("away", "08001");
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("nothing behind");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
