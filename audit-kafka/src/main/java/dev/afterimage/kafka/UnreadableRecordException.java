package dev.afterimage.kafka;

/** A record is not an event of a schema version that this module knows. The message says why and holds no value. */
final class UnreadableRecordException extends Exception {
    private final String reason;

    UnreadableRecordException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
