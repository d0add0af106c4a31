package dev.afterimage.jdbc;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.pipeline.Source;
import dev.afterimage.jdbc.capture.Capture;
import dev.afterimage.jdbc.capture.PreparedWork;
import dev.afterimage.jdbc.capture.Session;
import dev.afterimage.jdbc.proxy.Auditing;
import dev.afterimage.jdbc.replica.JdbcFenceSource;
import dev.afterimage.jdbc.replica.JdbcTables;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.sql.Connection;
import java.sql.SQLException;
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
    private final String name;
    private final DataSource background;
    private final Supplier<@Nullable Actor> actor;
    private final PreparedWork prepared;
    private final Object starting = new Object();
    private volatile @Nullable Capture capture;

    DataSourceAuditing(AuditTrail trail, String name, DataSource background, Supplier<@Nullable Actor> actor) {
        this.trail = trail;
        this.name = name;
        this.background = background;
        this.actor = actor;
        this.prepared = new PreparedWork(trail, name);
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
        synchronized (starting) {
            Capture started = capture;
            if (started == null) {
                Source source = new Source(name, new JdbcTables(background), new JdbcFenceSource(background));
                started = new Capture(trail, source, SqlDialect.ofProductName(product), prepared, actor);
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
            LOG.warn("The driver does not name its database ({}); statements of {} are read as standard SQL", e, name);
            return "";
        }
    }

    @Override
    public void unwrapped(Class<?> type) {
        Capture started = capture;
        if (started != null) {
            started.unwrapped(type);
        }
    }
}
