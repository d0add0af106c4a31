package dev.afterimage.jdbc;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.pipeline.Source;
import dev.afterimage.jdbc.capture.Capture;
import dev.afterimage.jdbc.capture.PreparedWork;
import dev.afterimage.jdbc.capture.Session;
import dev.afterimage.jdbc.capture.Unwraps;
import dev.afterimage.jdbc.outbox.Outbox;
import dev.afterimage.jdbc.proxy.AuditedConnection;
import dev.afterimage.jdbc.proxy.Auditing;
import dev.afterimage.jdbc.replica.JdbcFenceSource;
import dev.afterimage.jdbc.replica.JdbcTables;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The auditing of one data source. Which database it is shows with the first connection, from what the driver knows
 * without a round trip.
 */
final class DataSourceAuditing implements Auditing {

    private static final Logger LOG = LoggerFactory.getLogger(DataSourceAuditing.class);

    private final AuditTrail trail;
    private final Source source;
    private final Unwraps unwraps;
    private final Supplier<@Nullable Actor> actor;
    private final PreparedWork prepared;
    private final @Nullable Outbox outbox;
    private final Object starting = new Object();
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable Capture capture;

    /**
     * Begins.
     *
     * @throws dev.afterimage.core.config.ConfigurationException if an outbox is wanted, and cannot be had
     */
    DataSourceAuditing(AuditTrail trail, String name, DataSource background, Supplier<@Nullable Actor> actor) {
        this.trail = trail;
        JdbcFenceSource fences = new JdbcFenceSource(background);
        this.source = new Source(name, new JdbcTables(background), fences);
        this.unwraps = new Unwraps(trail, source);
        this.actor = actor;
        this.prepared = new PreparedWork(trail, name);
        this.outbox = Outbox.isWanted(trail.configuration()) ? Outbox.open(trail, source, fences, background) : null;
    }

    @Override
    public Session session(Connection raw) {
        Capture started = capture;
        return (started == null ? start(raw) : started).session(raw);
    }

    @Override
    public PreparedWork prepared() {
        return prepared;
    }

    private Capture start(Connection raw) {
        String product = product(raw);
        int version = version(raw);
        synchronized (starting) {
            Capture started = capture;
            if (started == null) {
                started =
                        new Capture(trail, source, SqlDialect.ofProductName(product), version, prepared, actor, outbox);
                capture = started;
            }
            return started;
        }
    }

    private String product(Connection raw) {
        try {
            String product = raw.getMetaData().getDatabaseProductName();
            return product == null ? "" : product;
        } catch (SQLException | RuntimeException e) {
            LOG.warn(
                    "The driver does not name its database ({}); statements of {} are read as standard SQL",
                    e,
                    source.name());
            return "";
        }
    }

    private static int version(Connection raw) {
        try {
            return raw.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException | RuntimeException e) {
            return 0; // Only what every version can do is asked of it then.
        }
    }

    /**
     * Asked of every connection, for a data source may route to audited and bare ones; it costs no round trip, as a pool
     * passes the question on to the driver's connection, which looks at its own class.
     */
    @Override
    public boolean isAudited(Connection raw) {
        AuditedConnection below = auditedBelow(raw);
        if (below == null || !below.isCaptured()) {
            return false;
        }
        if (!told.getAndSet(true)) {
            LOG.warn(
                    "The connections of {} are audited twice: by an AuditDataSource, and by another one or a jdbc:audit: URL"
                            + " below it. The one below records the changes; what was said to the other, its actor included,"
                            + " has no effect. Take one of the two away",
                    source.name());
        }
        return true;
    }

    private static @Nullable AuditedConnection auditedBelow(Connection raw) {
        if (raw instanceof AuditedConnection audited) {
            return audited;
        }
        try {
            return raw.isWrapperFor(AuditedConnection.class) ? raw.unwrap(AuditedConnection.class) : null;
        } catch (SQLException | RuntimeException | LinkageError notKnown) {
            return null;
        }
    }

    @Override
    public void unwrapped(Class<?> type) throws SQLException {
        unwraps.unwrapped(type);
    }

    @Override
    public boolean mayUnwrap() {
        return unwraps.allowed();
    }
}
