package dev.afterimage.core.config;

/** The configuration cannot be used. The message names the property, its value (never a secret) and what is allowed. */
public final class ConfigurationException extends RuntimeException {
    public ConfigurationException(String message) {
        super(message);
    }
}
