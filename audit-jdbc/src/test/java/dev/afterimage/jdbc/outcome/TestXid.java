package dev.afterimage.jdbc.outcome;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.Xid;

/** A branch as a transaction manager names it; equal to nothing but itself. */
final class TestXid implements Xid {

    private static final AtomicInteger LAST = new AtomicInteger();

    private final int number;

    TestXid() {
        this(LAST.incrementAndGet());
    }

    private TestXid(int number) {
        this.number = number;
    }

    /** The same branch by another object. */
    TestXid again() {
        return new TestXid(number);
    }

    @Override
    public int getFormatId() {
        return 4711;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    @Override
    public byte[] getBranchQualifier() {
        return new byte[] {1};
    }
}
