package dev.afterimage.core.ring;

import java.nio.ByteBuffer;

/**
 * The consumer's side of a ring. One thread.
 *
 * <p>Three positions: {@code head}, before which everything is free; {@code read}, before which everything was drained;
 * the tail, which is the producers'. Draining moves {@code read} only. The head follows when the caller says that the
 * records are owned elsewhere, and with it their room goes back to the producers.
 *
 * <p><b>Stale headers.</b> The tail moves before the new record's header is written. In between the consumer looks at a
 * place where a payload of the lap before may have lain, bytes that an application chose and that could look like a
 * committed header. Therefore the consumer zeroes what it releases, before it releases the head. A producer claims only
 * what lies behind a head it has acquired, so every claim begins in zeroed memory, and zero means FREE.
 *
 * <p><b>A full lap.</b> Records that were drained but not released keep their headers. Reading therefore stops at
 * {@code head + capacity}, where the oldest of them would be met again.
 */
final class RecordReader {

    private final RingMemory memory;
    private final ByteBuffer view;

    RecordReader(RingMemory memory) {
        this.memory = memory;
        this.view = memory.readOnlyView();
    }

    int drain(RecordHandler handler, int maxRecords, int maxBytes) {
        long start = memory.read();
        long read = start;
        long limit = memory.headAcquire() + memory.capacity();
        long delivered = memory.delivered();
        int records = 0;
        try {
            while (records < maxRecords && read - start < maxBytes && read < limit) {
                long header = memory.headerAcquire(read);
                int state = RecordHeader.state(header);
                if (state < RecordHeader.COMMITTED) {
                    break;
                }
                int length = RecordHeader.length(header);
                if (state == RecordHeader.COMMITTED) {
                    handler.onRecord(view, memory.index(read) + RecordHeader.BYTES, length);
                    records++;
                }
                read += RecordHeader.size(length);
                if (state == RecordHeader.COMMITTED) {
                    delivered = read;
                }
            }
        } finally {
            memory.read(read);
            memory.delivered(delivered);
            releasePadding();
        }
        return records;
    }

    /** Padding has no owner to wait for. Without this a ring that ends in an aborted claim would never look empty. */
    private void releasePadding() {
        if (memory.delivered() <= memory.headAcquire()) {
            release(memory.read());
        }
    }

    boolean isReadable() {
        long read = memory.read();
        return read < memory.headAcquire() + memory.capacity()
                && RecordHeader.state(memory.headerAcquire(read)) >= RecordHeader.COMMITTED;
    }

    long position() {
        return memory.read();
    }

    long positionOf(int offset) {
        long start = memory.read();
        return start + ((offset - RecordHeader.BYTES - memory.index(start)) & (memory.capacity() - 1));
    }

    byte[] read(long position) {
        if (position < memory.headAcquire() || position >= memory.read()) {
            throw new IllegalArgumentException("position=" + position + " is not of a drained record");
        }
        byte[] record = new byte[RecordHeader.length(memory.headerAcquire(position))];
        view.get(memory.index(position) + RecordHeader.BYTES, record);
        return record;
    }

    void release(long position) {
        long head = memory.headAcquire();
        if (position < head || position > memory.read()) {
            throw new IllegalArgumentException(
                    "position=" + position + ": must be from head=" + head + " to drained=" + memory.read());
        }
        if (position > head) {
            memory.releasing(position);
            memory.zero(head, position);
            memory.headRelease(position);
        }
    }

    /**
     * Steps over a claim that was never committed. A producer that died between moving the tail and writing its header
     * left zeroes of unknown length: they end at the next word that is not zero, which is a header, because a producer
     * writes its header before its payload.
     */
    long skipStalled() {
        long tail = RingMemory.position(memory.tailAcquire());
        long read = memory.read();
        if (read == tail) {
            return 0;
        }
        long header = memory.headerAcquire(read);
        long end = switch (RecordHeader.state(header)) {
            case RecordHeader.CLAIMED -> read + RecordHeader.size(RecordHeader.length(header));
            case RecordHeader.FREE -> endOfUnwritten(read, tail);
            default -> read;
        };
        if (end == read) {
            return 0;
        }
        memory.abandoned(memory.abandoned() + end - read);
        memory.read(end);
        releasePadding();
        return end - read;
    }

    private long endOfUnwritten(long from, long tail) {
        long end = firstWritten(from, tail);
        // A producer may have woken up behind the first look, which then saw its payload. The second sees its header.
        return firstWritten(from, end) == end ? end : from;
    }

    private long firstWritten(long from, long to) {
        long position = from;
        while (position < to && memory.headerAcquire(position) == 0) {
            position += RecordHeader.BYTES;
        }
        return position;
    }
}
