package dev.afterimage.jmh.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the consumer has received. Each producer numbers its records, and the number stands at both ends of a record: so
 * one that is lost, doubled, out of order or torn is noticed, and the measurement with it is void.
 */
public final class Tally {

    /** Shortest record in bytes. */
    static final int SHORTEST = 24;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int NUMBER = 8;
    private static final long WAIT_SECONDS = 60;

    private final int length;
    private final long[] last;
    private long received;
    private long expected;
    private CountDownLatch complete = new CountDownLatch(0);
    private volatile String fault;

    Tally(int producers, int length) {
        this.length = length;
        this.last = new long[producers];
    }

    static void stamp(byte[] record, int producer, long number) {
        LONG.set(record, 0, (long) producer);
        LONG.set(record, NUMBER, number);
        LONG.set(record, record.length - Long.BYTES, number);
    }

    /** Says how many more will come. Before they are published: the ring then carries it to the consumer. */
    void expect(long records) {
        expected = received + records;
        complete = new CountDownLatch(1);
    }

    /** Takes one record. The consumer's thread. */
    void take(byte[] record) {
        int producer = (int) (long) LONG.get(record, 0);
        long number = (long) LONG.get(record, NUMBER);
        if (record.length != length
                || number != last[producer] + 1
                || number != (long) LONG.get(record, record.length - Long.BYTES)) {
            fault = "producer=" + producer + " number=" + number + " after " + last[producer];
        }
        last[producer] = number;
        if (++received == expected) {
            complete.countDown();
        }
    }

    /**
     * Waits until everything expected has come.
     *
     * @throws IllegalStateException if it does not come, or not as it was sent
     */
    void await() throws InterruptedException {
        boolean all = complete.await(WAIT_SECONDS, TimeUnit.SECONDS);
        if (!all || fault != null) {
            throw new IllegalStateException("received=" + received + " expected=" + expected + " fault=" + fault);
        }
    }
}
