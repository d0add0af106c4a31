package dev.afterimage.jmh.tpcb;

import org.jspecify.annotations.Nullable;

/**
 * One measurement of one variant.
 *
 * @param variant its name
 * @param condition what the round's measurements have in common
 * @param round from 1
 * @param transactions committed in the measured time
 * @param perSecond transactions per second
 * @param machineMicros CPU time per transaction of the whole machine in microseconds, until the trail had caught up; null
 *     where the system does not tell
 * @param jvmMicros the part of it that this JVM used
 * @param workerMicros the part of that which the application's threads used
 * @param behind changes that had not arrived when the measured time ended; null where a transaction writes its own trail
 * @param catchUpSeconds how long they took then
 * @param expected changes that were committed while the variant was at work, warm-up included
 * @param recorded changes in the trail; null where there is none
 * @param trouble what went wrong, in a few words; empty if nothing
 */
record Sample(
        String variant,
        Condition condition,
        int round,
        long transactions,
        double perSecond,
        @Nullable Double machineMicros,
        double jvmMicros,
        double workerMicros,
        @Nullable Long behind,
        double catchUpSeconds,
        long expected,
        @Nullable Long recorded,
        String trouble) {

    /** Changes that are not in the trail, less than zero where it has too many; 0 where there is no trail. */
    long missing() {
        return recorded == null ? 0 : expected - recorded;
    }
}
