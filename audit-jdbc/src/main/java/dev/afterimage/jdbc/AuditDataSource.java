package dev.afterimage.jdbc;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.event.Actor;
import dev.afterimage.jdbc.driver.PhysicalDataSource;
import dev.afterimage.jdbc.proxy.AuditedConnectionPoolDataSource;
import dev.afterimage.jdbc.proxy.AuditedDataSource;
import dev.afterimage.jdbc.proxy.AuditedXADataSource;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source whose changes go into an audit trail. Put it around the pool that the application uses:
 *
 * <pre>{@code
 * AuditTrail trail = AuditTrail.start(AuditConfiguration.load());
 * DataSource dataSource = AuditDataSource.wrap(pool, trail);
 * }</pre>
 *
 * <p>It behaves as the data source behind it, exceptions included. As thread-safe as that one. The trail is not closed
 * with it: close the trail last.
 */
public final class AuditDataSource extends AuditedDataSource {

    private AuditDataSource(DataSource delegate, DataSourceAuditing auditing) {
        super(delegate, auditing);
    }

    /** Wraps a data source, with what the trail's configuration says. */
    public static AuditDataSource wrap(DataSource delegate, AuditTrail trail) {
        return builder(delegate, trail).build();
    }

    /**
     * Wraps a data source for distributed transactions, to be handed to a transaction manager: what a branch has done is
     * told when the branch is committed, also by another connection of this data source.
     */
    public static XADataSource wrapXA(XADataSource delegate, AuditTrail trail) {
        return builder(PhysicalDataSource.of(delegate), trail).buildXA(delegate);
    }

    /** Wraps a data source that a connection pool or an application server takes physical connections from. */
    public static ConnectionPoolDataSource wrapPooled(ConnectionPoolDataSource delegate, AuditTrail trail) {
        return builder(PhysicalDataSource.of(delegate), trail).buildPooled(delegate);
    }

    /** Begins to wrap a data source. */
    public static Builder builder(DataSource delegate, AuditTrail trail) {
        return new Builder(delegate, trail);
    }

    /** What can be said beyond the configuration. Not thread-safe. */
    public static final class Builder {
        private final DataSource delegate;
        private final AuditTrail trail;
        private String name;
        private DataSource background;
        private Supplier<@Nullable Actor> actor = () -> null;

        private Builder(DataSource delegate, AuditTrail trail) {
            this.delegate = Objects.requireNonNull(delegate, "delegate");
            this.trail = Objects.requireNonNull(trail, "trail");
            this.name = trail.configuration().text(Setting.SOURCE);
            this.background = delegate;
        }

        /** The name in the trail, where one process audits several databases; by default {@code audit.source}. */
        public Builder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Asked on the application's thread who acts, where no {@link dev.afterimage.core.AuditContext} scope is open. May
         * return null; must be quick and thread-safe.
         */
        public Builder actor(Supplier<@Nullable Actor> actor) {
            this.actor = Objects.requireNonNull(actor, "actor");
            return this;
        }

        /**
         * Where the background thread takes its own connection for a moment, to read positions and the shape of tables;
         * by default the wrapped data source. Give another one where the pool may run dry for long.
         */
        public Builder background(DataSource background) {
            this.background = Objects.requireNonNull(background, "background");
            return this;
        }

        /** The wrapped data source. */
        public AuditDataSource build() {
            return new AuditDataSource(delegate, auditing());
        }

        /** Wraps a data source for distributed transactions instead; the one given at the beginning is its background. */
        public XADataSource buildXA(XADataSource delegate) {
            return new AuditedXADataSource(Objects.requireNonNull(delegate, "delegate"), auditing());
        }

        /** Wraps a data source of physical connections instead; the one given at the beginning is its background. */
        public ConnectionPoolDataSource buildPooled(ConnectionPoolDataSource delegate) {
            return new AuditedConnectionPoolDataSource(Objects.requireNonNull(delegate, "delegate"), auditing());
        }

        private DataSourceAuditing auditing() {
            return new DataSourceAuditing(trail, name, background, actor);
        }
    }
}
