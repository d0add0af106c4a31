package dev.afterimage.samples.quickstart;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.jdbc.AuditDataSource;
import java.util.Map;

/** The application: its pool, and the audit around it. These few lines are all that auditing asks of an application. */
final class AuditedOffice implements AutoCloseable {

    /** The name of the office's database in the trail. */
    static final String SOURCE = "office";

    private final HikariDataSource pool;
    private final AuditTrail trail;
    private final Office office;

    AuditedOffice(Databases databases, String bootstrapServers, int connections) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(databases.production());
        config.setMaximumPoolSize(connections);
        pool = new HikariDataSource(config);
        trail = AuditTrail.start(AuditConfiguration.of(Map.of(
                "audit.source", SOURCE,
                "audit.kafka.bootstrap-servers", bootstrapServers)));
        office = new Office(AuditDataSource.wrap(pool, trail));
    }

    Office office() {
        return office;
    }

    AuditTrail trail() {
        return trail;
    }

    /** The trail first: its last positions are read through the pool. By then all transactions must have ended. */
    @Override
    public void close() {
        trail.close();
        pool.close();
    }
}
