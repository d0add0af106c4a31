package dev.afterimage.jdbc;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.jdbc.capture.PreparedWork;
import dev.afterimage.jdbc.capture.Session;
import dev.afterimage.jdbc.driver.BackgroundDataSource;
import dev.afterimage.jdbc.driver.UrlDataSource;
import dev.afterimage.jdbc.proxy.AuditedConnection;
import dev.afterimage.jdbc.proxy.Auditing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database that is reached by a {@code jdbc:audit:} URL. The background thread reaches it as the application did last,
 * on a connection that does not outlive the application's: some databases end with their last connection. Thread-safe.
 */
final class UrlSource {

    private final String address;
    private final AtomicInteger open = new AtomicInteger();
    private final BackgroundDataSource background;
    private final DataSourceAuditing auditing;
    private final AtomicInteger openOfAll;
    private final Runnable left;

    /**
     * Makes a source; asks the database nothing yet.
     *
     * @param name in the trail
     * @param login how the application has reached it first
     * @param openOfAll counts the open connections of all sources
     * @param left called after a connection was closed and counted
     */
    UrlSource(
            AuditTrail trail,
            String address,
            String name,
            UrlDataSource login,
            AtomicInteger openOfAll,
            Runnable left) {
        this.address = address;
        this.background = new BackgroundDataSource(login.withoutInitialisation(), () -> open.get() > 0);
        this.auditing = new DataSourceAuditing(trail, name, background, () -> null);
        this.openOfAll = openOfAll;
        this.left = left;
    }

    String address() {
        return address;
    }

    /** Wraps a connection that was made by a login. */
    Connection audited(Connection raw, UrlDataSource login) {
        if (auditing.isAudited(raw)) {
            return raw;
        }
        background.login(login.withoutInitialisation());
        openOfAll.incrementAndGet();
        open.incrementAndGet();
        OneConnection counted = new OneConnection();
        try {
            return new AuditedConnection(raw, counted);
        } catch (RuntimeException | Error e) {
            counted.closed();
            throw e;
        }
    }

    /** Gives up the connection that the background thread, which has ended, may have left. */
    void close() {
        background.release();
    }

    /** The auditing of one connection, which counts its end once. */
    private final class OneConnection implements Auditing {

        private final AtomicBoolean ended = new AtomicBoolean();

        @Override
        public void closed() {
            if (ended.getAndSet(true)) {
                return;
            }
            if (open.decrementAndGet() == 0) {
                background.release();
            }
            openOfAll.decrementAndGet();
            left.run();
        }

        @Override
        public Session session(Connection raw) {
            return auditing.session(raw);
        }

        @Override
        public PreparedWork prepared() {
            return auditing.prepared();
        }

        @Override
        public boolean mayUnwrap() {
            return auditing.mayUnwrap();
        }

        @Override
        public void unwrapped(Class<?> type) throws SQLException {
            auditing.unwrapped(type);
        }
    }
}
