package dev.afterimage.jdbc;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.event.Actor;
import dev.afterimage.jdbc.proxy.AuditedDataSource;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
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
            return new AuditDataSource(delegate, new DataSourceAuditing(trail, name, background, actor));
        }
    }
}
