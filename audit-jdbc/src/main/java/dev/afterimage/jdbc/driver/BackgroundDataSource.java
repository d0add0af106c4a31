package dev.afterimage.jdbc.driver;

import dev.afterimage.jdbc.delegate.DelegatingConnection;
import dev.afterimage.jdbc.delegate.DelegatingDataSource;
import dev.afterimage.jdbc.delegate.Outgoing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way to a database for the background thread, which asks often and briefly: a connection that is given back waits for
 * the next use, so that production is not asked for a new one each time. Thread-safe.
 */
public final class BackgroundDataSource extends DelegatingDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundDataSource.class);
    private static final int ANSWER_WITHIN_SECONDS = 5;

    private final BooleanSupplier keeps;
    private final AtomicReference<@Nullable Connection> kept = new AtomicReference<>();
    private volatile UrlDataSource login;

    /**
     * Makes a way; connects to nothing yet.
     *
     * @param login how to connect
     * @param keeps whether a connection that is given back may stay open
     */
    public BackgroundDataSource(UrlDataSource login, BooleanSupplier keeps) {
        super(login);
        this.login = login;
        this.keeps = keeps;
    }

    /** From now on connects like this. */
    public void login(UrlDataSource latest) {
        login = latest;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection waiting = kept.getAndSet(null);
        if (waiting != null && !isValid(waiting)) {
            close(waiting);
            waiting = null;
        }
        return new Lent(waiting == null ? login.getConnection() : waiting);
    }

    private static boolean isValid(Connection connection) {
        try {
            return connection.isValid(ANSWER_WITHIN_SECONDS);
        } catch (SQLException | RuntimeException broken) {
            return false;
        }
    }

    private void giveBack(Connection connection) {
        if (!kept.compareAndSet(null, connection)) {
            close(connection);
        }
        if (!keeps.getAsBoolean()) { // Asked afterwards, so that one of this call and release() sees the other.
            release();
        }
    }

    /** Closes the connection that waits, if there is one. */
    public void release() {
        Connection waiting = kept.getAndSet(null);
        if (waiting != null) {
            close(waiting);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A connection of the audit's own cannot be closed: {}", e.toString());
        }
    }

    /** A connection whose end is to be given back. */
    private final class Lent extends DelegatingConnection {

        private boolean over;

        Lent(Connection delegate) {
            super(delegate);
        }

        @Override
        protected Outgoing outgoing() {
            return Bare.BARE;
        }

        @Override
        public void close() {
            if (!over) {
                over = true;
                giveBack(delegate());
            }
        }
    }
}
