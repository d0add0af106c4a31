package dev.afterimage.jdbc.driver;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source without a pool over {@link DriverManager}: each connection is a new one. Immutable, thread-safe. A
 * connection on which the database does not answer for a minute is given up.
 */
public final class UrlDataSource implements DataSource {

    private static final int ANSWER_WITHIN_MILLIS = 60_000;

    private static final Set<String> INITIALISATIONS = Set.of("init", "initsql");

    /** H2 ends a setting at a semicolon that no backslash stands before, MariaDB at an ampersand. */
    private static final Pattern INITIALISATION =
            Pattern.compile(";INIT=(?:\\\\.|[^;\\\\])*|(?<=[?&])initSql=[^&]*&?", Pattern.CASE_INSENSITIVE);

    private final String url;
    private final Properties info;

    /**
     * Names a database.
     *
     * @param user empty where the URL says all of it
     */
    public UrlDataSource(String url, String user, String password) {
        this(url, login(new Properties(), user, password));
    }

    /**
     * Names a database.
     *
     * @param info what its driver gets with the URL; copied
     */
    public UrlDataSource(String url, @Nullable Properties info) {
        this.url = Objects.requireNonNull(url, "url");
        this.info = info == null ? new Properties() : (Properties) info.clone();
    }

    private static Properties login(Properties info, String user, String password) {
        if (!user.isEmpty()) {
            info.setProperty("user", user);
            info.setProperty("password", password);
        }
        return info;
    }

    /** The same database without the statements that the URL has executed on every connection: H2's INIT, MariaDB's initSql. */
    public UrlDataSource withoutInitialisation() {
        Properties plain = new Properties();
        info.forEach((key, value) -> {
            if (!INITIALISATIONS.contains(key.toString().toLowerCase(Locale.ROOT))) {
                plain.put(key, value);
            }
        });
        return new UrlDataSource(INITIALISATION.matcher(url).replaceAll(""), plain);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return connect(info);
    }

    @Override
    public Connection getConnection(String asUser, String withPassword) throws SQLException {
        return connect(login((Properties) info.clone(), asUser, withPassword));
    }

    private Connection connect(Properties login) throws SQLException {
        Connection connection = DriverManager.getConnection(url, login);
        limitAnswers(connection);
        return connection;
    }

    private static void limitAnswers(Connection connection) {
        try {
            connection.setNetworkTimeout(Runnable::run, ANSWER_WITHIN_MILLIS);
        } catch (SQLException | AbstractMethodError embedded) {
            // An embedded database has no network to wait for.
        }
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException("No log writer");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException("Set the time-out in the URL");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("No logger");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLException("Not a wrapper of " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
