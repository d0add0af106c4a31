package dev.afterimage.jmh.ring;

import java.util.List;

/**
 * A bounded queue of byte records from many producers to one consumer. The contract is that of an audit: the producer's
 * array is its own again when {@link #publish} returns, and at the other end the consumer owns the bytes. So each ring
 * copies a record twice, but for the queues of references: those copy once, into an array made for the record.
 */
public interface Ring {

    /** Every ring, ours first. */
    List<String> NAMES = List.of(
            "afterimage",
            "jctools",
            "agrona",
            "disruptor-blocking",
            "disruptor-sleeping",
            "disruptor-yielding",
            "array-blocking-queue");

    /** Memory of each ring in bytes of payload; small enough to do the queues of references no harm. */
    int CAPACITY = 4 << 20;

    /** JVM arguments without which Agrona does not start on Java 17; the other rings do not mind. */
    String EXPORTS = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

    /** Puts a copy of the record in, and waits while there is no room. Any thread. */
    void publish(byte[] record);

    /** Hands records to the tally, in order, until {@link #stop}. One thread. */
    void consume(Tally tally);

    /** Ends {@link #consume}. Any thread. */
    void stop();

    /**
     * Makes a ring for records of one length in bytes.
     *
     * @throws IllegalArgumentException if the name is none of {@link #NAMES}
     */
    static Ring of(String name, int length) {
        int records = CAPACITY / length;
        return switch (name) {
            case "afterimage" -> new AfterimageRing(length);
            case "jctools" -> new JctoolsRing(records);
            case "agrona" -> new AgronaRing(length);
            case "disruptor-blocking", "disruptor-sleeping", "disruptor-yielding" ->
                new DisruptorRing(name.substring("disruptor-".length()), records, length);
            case "array-blocking-queue" -> new BlockingQueueRing(records);
            default -> throw new IllegalArgumentException("ring=" + name + " is none of " + NAMES);
        };
    }
}
