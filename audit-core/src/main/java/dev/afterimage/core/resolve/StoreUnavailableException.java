package dev.afterimage.core.resolve;

/** The audit store could not take what it was given. */
public final class StoreUnavailableException extends RuntimeException {
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
