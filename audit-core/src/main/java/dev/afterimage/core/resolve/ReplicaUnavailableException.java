package dev.afterimage.core.resolve;

/** The replica could not be asked. Nothing is decided; the caller waits and asks again. */
public final class ReplicaUnavailableException extends RuntimeException {
    public ReplicaUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
