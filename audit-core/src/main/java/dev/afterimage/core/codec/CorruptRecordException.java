package dev.afterimage.core.codec;

/** The bytes are not a record, or not a whole one. */
public final class CorruptRecordException extends RuntimeException {
    public CorruptRecordException(String message) {
        super(message);
    }
}
