package dev.afterimage.core.sink;

import dev.afterimage.core.config.AuditConfiguration;

/** Makes the sink that {@code audit.sink} names. Found by {@link java.util.ServiceLoader}. */
public interface SinkProvider {

    /** The value of {@code audit.sink} that selects this provider. */
    String name();

    /**
     * Makes a sink. A destination that is away is no error: the application starts without it.
     *
     * @throws dev.afterimage.core.config.ConfigurationException if a property is missing or cannot be used
     */
    Sink create(AuditConfiguration configuration);
}
