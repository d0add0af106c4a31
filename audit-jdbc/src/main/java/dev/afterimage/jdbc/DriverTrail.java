package dev.afterimage.jdbc;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.Setting;
import dev.afterimage.jdbc.driver.UrlDataSource;
import java.sql.Connection;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trail of all connections that come by {@code jdbc:audit:} URLs: started by the first, ended by nobody but the JVM's
 * end or the driver's deregistration. Thread-safe. After its end a connection starts it again.
 *
 * <p>The JVM runs its shutdown hooks all at once. Those of the application may still be finishing requests when ours
 * begins, so ours must not end the trail under them: it delivers what is there, and leaves the end to the last connection
 * that is closed, on the thread that closes it; at once if none is open. A program that closes no connections loses
 * nothing that was committed before its end was asked for.
 */
final class DriverTrail {

    private static final Logger LOG = LoggerFactory.getLogger(DriverTrail.class);

    private final Supplier<AuditTrail> starting;
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean stopping;
    private volatile @Nullable Running running;

    /** A trail, its databases by the identity of their URLs, and the hook that ends it. */
    private record Running(AuditTrail trail, Map<String, UrlSource> sources, Thread hook) {}

    /**
     * Makes a trail; starts nothing yet.
     *
     * @param starting may throw, at each attempt
     */
    DriverTrail(Supplier<AuditTrail> starting) {
        this.starting = starting;
    }

    /**
     * Wraps a connection.
     *
     * @param url as the database's driver knows it
     * @param info what the application gave with it
     * @throws RuntimeException if the trail cannot be started
     */
    Connection audited(Connection raw, String url, @Nullable Properties info) {
        Running now = running;
        now = now == null ? start() : now;
        UrlDataSource login = new UrlDataSource(url, info);
        return source(now, JdbcUrl.of(url), login).audited(raw, login);
    }

    private UrlSource source(Running now, JdbcUrl url, UrlDataSource login) {
        UrlSource known = now.sources.get(url.identity());
        if (known != null) {
            return known;
        }
        AuditConfiguration configuration = now.trail.configuration();
        boolean named = configuration.isGiven(Setting.SOURCE);
        String name = named ? configuration.text(Setting.SOURCE) : url.address();
        UrlSource made = now.sources.computeIfAbsent(
                url.identity(), identity -> new UrlSource(now.trail, url.address(), name, login, open, this::left));
        if (named) {
            warnOfOneNameForTwo(now, url);
        }
        return made;
    }

    private static void warnOfOneNameForTwo(Running now, JdbcUrl url) {
        now.sources.values().stream()
                .map(UrlSource::address)
                .filter(address -> !address.equals(url.address()))
                .findFirst()
                .ifPresent(other -> LOG.warn(
                        "{} and {} are both in the trail as {}. If they are two databases, do not set {}: then each goes"
                                + " by its address",
                        other,
                        url.address(),
                        now.trail.configuration().text(Setting.SOURCE),
                        Setting.SOURCE.key()));
    }

    private synchronized Running start() {
        Running now = running;
        if (now == null) {
            AuditTrail trail = starting.get();
            now = new Running(trail, new ConcurrentHashMap<>(), hook());
            running = now;
        }
        return now;
    }

    private Thread hook() {
        Thread hook = new Thread(this::stop, "afterimage-shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException stoppingAlready) {
            stopping = true; // The last connection will end it.
        }
        return hook;
    }

    /** The JVM is about to end. */
    void stop() {
        stopping = true;
        if (open.get() == 0) {
            close();
        } else if (!flush()) {
            LOG.warn("The JVM ends before all changes of the trail are delivered");
        }
    }

    /** Delivers what is there; answers whether that was so within {@code audit.shutdown-timeout}. */
    boolean flush() {
        Running now = running;
        return now == null || now.trail.flush(now.trail.configuration().duration(Setting.SHUTDOWN_TIMEOUT));
    }

    /** Called within the application's close(), which must not notice. */
    private void left() {
        try {
            if (open.get() == 0 && stopping) {
                close();
            }
        } catch (RuntimeException e) {
            LOG.error("The trail of the jdbc:audit: URLs could not be ended", e);
        }
    }

    /**
     * Delivers what is there and ends, within {@code audit.shutdown-timeout}. Who comes meanwhile waits: a hook that went
     * on would let the JVM end in the middle of the delivery.
     */
    synchronized void close() {
        Running ended = running;
        running = null;
        if (ended != null) {
            if (open.get() > 0) {
                LOG.warn("{} connections are open: what they change from now on is not recorded", open);
            }
            ended.trail.close();
            ended.sources.values().forEach(UrlSource::close);
            forget(ended.hook);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stoppingAlready) {
            return; // Then it is running, or has run.
        }
    }
}
