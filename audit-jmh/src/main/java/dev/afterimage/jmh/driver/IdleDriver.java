package dev.afterimage.jmh.driver;

import java.io.PrintWriter;
import java.lang.invoke.MethodHandle;
import java.sql.Connection;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A data source whose connections accept everything: an update changes one row, a query answers ten. As drivers do, it
 * makes an object for each connection, statement and result; it makes nothing else. Thread-safe.
 */
public final class IdleDriver implements DataSource {

    private static final MethodHandle CONNECTION = Idle.constructorOf(IdleConnection.class, Connection.class);

    @SuppressWarnings("UnusedVariable")
    private Connection newest;

    @Override
    public Connection getConnection() {
        try {
            Connection made = (Connection) CONNECTION.invokeExact();
            newest = made; // Without a reference from outside, the compiler would see that it need not be made.
            return made;
        } catch (Throwable t) {
            throw Idle.impossible(t);
        }
    }

    @Override
    public Connection getConnection(String user, String password) {
        return getConnection();
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
}
