package dev.afterimage.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A driver of {@code jdbc:stub:} URLs that hands out connections of H2, or fails as it is told, while it is registered. */
final class StubbedDriver implements Driver, AutoCloseable {

    private final List<@Nullable Properties> given = new ArrayList<>();
    private final List<String> urls = new ArrayList<>();
    private @Nullable SQLException failure;
    private @Nullable Connection last;

    static StubbedDriver register() throws SQLException {
        StubbedDriver driver = new StubbedDriver();
        DriverManager.registerDriver(driver);
        return driver;
    }

    void fail(SQLException next) {
        failure = next;
    }

    synchronized List<@Nullable Properties> given() {
        return List.copyOf(given);
    }

    synchronized List<String> urls() {
        return List.copyOf(urls);
    }

    @Nullable
    Connection last() {
        return last;
    }

    @Override
    public synchronized @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        urls.add(url);
        given.add(info);
        if (failure != null) {
            throw failure;
        }
        last = DriverManager.getConnection("jdbc:h2:mem:");
        return last;
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith("jdbc:stub:");
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[] {new DriverPropertyInfo(url, null)};
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public void close() throws SQLException {
        DriverManager.deregisterDriver(this);
    }
}
