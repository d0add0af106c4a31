package dev.afterimage.jmh.ring;

/** One thread's end of a ring, with the one array that it fills again and again, as a connection does. */
public final class Producer {

    private final Ring ring;
    private final int index;
    private final byte[] record;
    private long number;

    Producer(Ring ring, int index, int length) {
        this.ring = ring;
        this.index = index;
        this.record = new byte[length];
    }

    /** Fills the array for the next record. */
    public void fill() {
        Tally.stamp(record, index, ++number);
    }

    /** Publishes what was filled in. */
    public void publish() {
        ring.publish(record);
    }
}
