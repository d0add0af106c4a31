package dev.afterimage.core.event;

import java.util.HexFormat;

/**
 * The identity of an event. It does not change when the event is sent again, so a store applies each event once.
 *
 * @param instance random number of the process start that published the event
 * @param sequence dense number within the instance, from 1, in the order of publication: a missing number is a loss
 */
public record EventId(long instance, long sequence) {

    /** The form used in logs, headers and JSON: sixteen hexadecimal digits, a colon, the sequence. */
    @Override
    public String toString() {
        return instanceText(instance) + ":" + sequence;
    }

    /** An instance number as sixteen hexadecimal digits. */
    public static String instanceText(long instance) {
        return HexFormat.of().toHexDigits(instance);
    }
}
