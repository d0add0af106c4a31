package dev.afterimage.server;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.config.Setting;
import dev.afterimage.jdbc.driver.UrlDataSource;
import dev.afterimage.jdbc.store.HistoryReader;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}, the same in every command that needs the store, the replica or the broker. */
final class ConfigurationOption {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A properties file with the audit.* keys, overridden by system properties and environment"
                    + " variables (AUDIT_STORE_URL, ...).")
    private @Nullable Path file;

    boolean isGiven() {
        return file != null;
    }

    /**
     * What the file, the system properties and the environment say; without a file, what the others say.
     *
     * @throws ConfigurationException if the file cannot be read, or a key or a value is not allowed
     */
    AuditConfiguration load() {
        Path given = file;
        return given == null ? AuditConfiguration.load() : AuditConfiguration.load(given);
    }

    /** The database of {@code audit.store.*}. */
    static DataSource store(AuditConfiguration configuration) {
        return new UrlDataSource(
                configuration.text(Setting.STORE_URL),
                configuration.text(Setting.STORE_USER),
                configuration.text(Setting.STORE_PASSWORD));
    }

    /** Reads the trail in {@code audit.store.*}. */
    HistoryReader history() {
        AuditConfiguration configuration = load();
        return new HistoryReader(store(configuration), configuration.text(Setting.STORE_TABLE));
    }
}
