package dev.afterimage.jmh.ratio;

/** A contender has no figures this time. */
final class MeasurementFailedException extends Exception {

    MeasurementFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
