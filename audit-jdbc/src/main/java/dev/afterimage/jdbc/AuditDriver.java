package dev.afterimage.jdbc;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The way in for a program that nobody can recompile: put {@code audit:} after {@code jdbc:} in its JDBC URL.
 *
 * <pre>{@code jdbc:audit:postgresql://db/shop?user=app}</pre>
 *
 * <p>The driver of the URL without {@code audit:} gets that URL and the application's properties unchanged; its exceptions
 * come through unchanged, and {@code DatabaseMetaData.getURL()} answers what it answers, for frameworks tell the database
 * by that. Pools that want a class name get this one.
 *
 * <p>The first connection starts an {@link AuditTrail} with {@link AuditConfiguration#load()}; all URLs share it. If it
 * cannot start, every connection fails with an {@link SQLException} (SQLState 08001) that names the property, and the
 * next one tries again. It ends when the JVM does, or when the driver is deregistered.
 *
 * <p>In the trail a database goes by {@code audit.source}. Where that is not given, it goes by its address: the URL
 * without {@code jdbc:}, user, password and parameters, such as {@code postgresql://db/shop}. A program with several
 * databases should not give it.
 *
 * <p>Thread-safe.
 */
public final class AuditDriver implements Driver {

    static final String UNABLE_TO_CONNECT = "08001";

    private static final String PREFIX = "jdbc:audit:";

    /**
     * The one object that a class must hold on to: pools make drivers of their own by the name of the class, and all of
     * them must end in one trail. A class loader that loads this class again has a trail of its own.
     */
    private static final DriverTrail SHARED = new DriverTrail(() -> AuditTrail.start(AuditConfiguration.load()));

    static {
        register();
    }

    static void register() {
        try {
            DriverManager.registerDriver(new AuditDriver(), SHARED::close);
        } catch (SQLException e) {
            throw new IllegalStateException("The driver of jdbc:audit: URLs cannot be registered", e);
        }
    }

    private final DriverTrail trail;

    /** As {@link DriverManager} and pools make it; all share one trail. */
    public AuditDriver() {
        this(SHARED);
    }

    AuditDriver(DriverTrail trail) {
        this.trail = trail;
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return bare(url) != null;
    }

    /** The URL of the database's own driver; null where the URL is none of ours. */
    private static @Nullable String bare(@Nullable String url) throws SQLException {
        if (url == null) {
            throw new SQLException("The url is null", UNABLE_TO_CONNECT);
        }
        return url.startsWith(PREFIX) ? "jdbc:" + url.substring(PREFIX.length()) : null;
    }

    @Override
    public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
        String bareUrl = bare(url);
        if (bareUrl == null) {
            return null;
        }
        Connection raw = connectBare(bareUrl, info);
        try {
            return trail.audited(raw, bareUrl, info);
        } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
            SQLException failure = notAudited(e);
            try {
                raw.close();
            } catch (SQLException again) {
                failure.addSuppressed(again);
            }
            throw failure;
        }
    }

    /** As {@link DriverManager} does it, but for a password in the URL, which it would show where no driver is found. */
    private static Connection connectBare(String url, @Nullable Properties info) throws SQLException {
        SQLException reason = null;
        List<Driver> drivers = DriverManager.drivers().toList();
        for (Driver driver : drivers) {
            try {
                Connection connection = driver.connect(url, info);
                if (connection != null) {
                    return connection;
                }
            } catch (SQLException e) {
                reason = reason == null ? e : reason;
            }
        }
        throw reason != null
                ? reason
                : new SQLException(
                        "No suitable driver found for jdbc:" + JdbcUrl.of(url).address(), UNABLE_TO_CONNECT);
    }

    private static SQLException notAudited(Throwable cause) {
        String reason = cause instanceof ConfigurationException ? cause.getMessage() : cause.toString();
        return new SQLException(
                "The connection cannot be audited, as its jdbc:audit: URL asks for. " + reason,
                UNABLE_TO_CONNECT,
                cause);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info) throws SQLException {
        String bareUrl = bare(url);
        return bareUrl == null
                ? new DriverPropertyInfo[0]
                : DriverManager.getDriver(bareUrl).getPropertyInfo(bareUrl, info);
    }

    @Override
    public int getMajorVersion() {
        return 0;
    }

    @Override
    public int getMinorVersion() {
        return 1;
    }

    /** No: only what the driver behind it is, and that differs. */
    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("Logs by SLF4J");
    }
}
