package dev.afterimage.core.spool;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;

/** Events of a chosen length. */
final class Large {

    private Large() {}

    static Gap event(long sequence, int characters) {
        return new Gap(
                new EventId(7, sequence),
                "app",
                GapReason.UNWRAPPED,
                "x".repeat(characters),
                sequence,
                0,
                Actor.UNKNOWN);
    }
}
