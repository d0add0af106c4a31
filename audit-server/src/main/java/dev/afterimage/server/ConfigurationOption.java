package dev.afterimage.server;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import java.nio.file.Path;
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
}
