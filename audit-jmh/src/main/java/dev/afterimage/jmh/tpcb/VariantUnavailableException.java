package dev.afterimage.jmh.tpcb;

/** A variant cannot run here; the message says why, in one line. */
final class VariantUnavailableException extends Exception {

    VariantUnavailableException(String message) {
        super(message);
    }
}
