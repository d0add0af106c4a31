package dev.afterimage.jdbc.fidelity;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** What a framework is given: each connection is marked with the work that the thread is about. Thread-safe. */
final class MarkedDataSource implements DataSource {

    private static final ThreadLocal<String> WORK = new ThreadLocal<>();

    private final World world;
    private final DataSource audited;

    MarkedDataSource(World world, DataSource audited) {
        this.world = world;
        this.audited = audited;
    }

    /** Says which work the thread is about from now on. */
    static void work(String number) {
        WORK.set(number);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = audited.getConnection();
        String work = WORK.get();
        world.mark(connection, work == null ? "start" : work);
        return connection;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLException("without a user only");
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        return audited.getLogWriter();
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        audited.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        audited.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return audited.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return audited.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return audited.isWrapperFor(type);
    }
}
