package dev.afterimage.core.resolve;

/** The production database could not be asked for its position. */
public final class FenceUnavailableException extends RuntimeException {
    public FenceUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
