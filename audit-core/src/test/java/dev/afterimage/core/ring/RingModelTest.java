package dev.afterimage.core.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random sequences of calls, each answer compared with a ring that is a plain list and adds up positions naively. */
class RingModelTest {

    private static final int SEQUENCES = 400;
    private static final int CALLS = 400;

    private final Random random = new Random(Seed.next(RingModelTest.class));

    @Test
    void answersAsAPlainListDoes() {
        for (int i = 0; i < SEQUENCES; i++) {
            sequence(64 << random.nextInt(4));
        }
    }

    private void sequence(int capacity) {
        RingBuffer ring = RingBuffer.allocate(capacity);
        Model model = new Model(capacity);
        List<Long> positions = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            switch (random.nextInt(call < CALLS * 3 / 4 ? 16 : 18)) {
                case 0, 1, 2, 3 -> claim(ring, model);
                case 4, 5 -> publish(ring, model);
                case 6, 7, 8 -> finish(ring, model, true);
                case 9 -> finish(ring, model, false);
                case 10, 11, 12 -> {
                    drain(ring, model);
                    positions.add(ring.drained());
                }
                case 13 -> {
                    ring.release();
                    model.head = model.read;
                }
                case 14, 15 -> releaseEarlier(ring, model, positions);
                case 16 -> {
                    ring.close();
                    model.closed = true;
                }
                default -> {
                    if (model.closed) {
                        assertThat(ring.skipStalled()).isEqualTo(model.skipStalled());
                    }
                }
            }
            assertThat(ring.tail()).isEqualTo(model.tail);
            assertThat(ring.head()).isEqualTo(model.head);
            assertThat(ring.drained()).isEqualTo(model.read);
            assertThat(ring.isEmpty()).isEqualTo(model.head == model.tail);
            assertThat(ring.abandonedBytes()).isEqualTo(model.abandoned);
        }
    }

    private void claim(RingBuffer ring, Model model) {
        int length = random.nextInt(ring.maxRecordLength() + 1);
        long claim = ring.claim(length);
        assertThat(claim).isEqualTo(model.claim(new byte[length]));
    }

    private void publish(RingBuffer ring, Model model) {
        byte[] payload = payload(random.nextInt(ring.maxRecordLength() + 1));
        long claim = ring.publish(payload, 0, payload.length);
        assertThat(claim).isEqualTo(model.claim(payload));
        model.finish(claim, State.COMMITTED, payload);
    }

    private void finish(RingBuffer ring, Model model, boolean commit) {
        List<Entry> open =
                model.entries.stream().filter(e -> e.state == State.OPEN).toList();
        if (open.isEmpty()) {
            return;
        }
        Entry entry = open.get(random.nextInt(open.size()));
        byte[] payload = payload(entry.payload.length);
        ring.write(entry.start, 0, payload, 0, payload.length);
        if (commit) {
            ring.commit(entry.start);
        } else {
            ring.abort(entry.start);
        }
        model.finish(entry.start, commit ? State.COMMITTED : State.PADDING, payload);
    }

    private void drain(RingBuffer ring, Model model) {
        int maxRecords = 1 + random.nextInt(5);
        List<byte[]> drained = new ArrayList<>();
        int count = ring.drain(
                (bytes, offset, length) -> {
                    byte[] copy = new byte[length];
                    bytes.get(offset, copy, 0, length);
                    drained.add(copy);
                },
                maxRecords,
                Integer.MAX_VALUE);
        assertThat(count).isEqualTo(drained.size());
        List<byte[]> expected = model.drain(maxRecords);
        assertThat(drained).usingElementComparator(Arrays::compare).containsExactlyElementsOf(expected);
    }

    private void releaseEarlier(RingBuffer ring, Model model, List<Long> positions) {
        positions.removeIf(position -> position < model.head);
        if (!positions.isEmpty()) {
            long position = positions.get(random.nextInt(positions.size()));
            ring.release(position);
            model.head = position;
        }
    }

    private byte[] payload(int length) {
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        return payload;
    }

    private enum State {
        OPEN,
        COMMITTED,
        PADDING
    }

    private static final class Entry {
        final long start;
        final long end;
        byte[] payload;
        State state;

        Entry(long start, long end, State state, byte[] payload) {
            this.start = start;
            this.end = end;
            this.state = state;
            this.payload = payload;
        }
    }

    /** Keeps every entry for ever and searches them all: too simple to be wrong in the ring's ways. */
    private static final class Model {
        final List<Entry> entries = new ArrayList<>();
        final int capacity;
        long head;
        long read;
        long tail;
        long abandoned;
        boolean closed;

        Model(int capacity) {
            this.capacity = capacity;
        }

        long claim(byte[] payload) {
            if (closed) {
                return RingBuffer.CLOSED;
            }
            long size = 8 + (payload.length + 7) / 8 * 8L;
            long untilWrap = capacity - tail % capacity;
            long start = size > untilWrap ? tail + untilWrap : tail;
            if (start + size > head + capacity) {
                return RingBuffer.FULL;
            }
            if (start > tail) {
                entries.add(new Entry(tail, start, State.PADDING, new byte[0]));
            }
            entries.add(new Entry(start, start + size, State.OPEN, payload));
            tail = start + size;
            return start;
        }

        void finish(long claim, State state, byte[] payload) {
            for (Entry entry : entries) {
                if (entry.start == claim && entry.state == State.OPEN) {
                    entry.state = state;
                    entry.payload = payload;
                }
            }
        }

        List<byte[]> drain(int maxRecords) {
            List<byte[]> records = new ArrayList<>();
            for (Entry entry : entries) {
                if (entry.start == read && entry.state != State.OPEN && records.size() < maxRecords) {
                    read = entry.end;
                    if (entry.state == State.COMMITTED) {
                        records.add(entry.payload);
                    }
                }
            }
            releasePadding();
            return records;
        }

        long skipStalled() {
            for (Entry entry : entries) {
                if (entry.start == read && entry.state == State.OPEN) {
                    entry.state = State.PADDING;
                    read = entry.end;
                    abandoned += entry.end - entry.start;
                    releasePadding();
                    return entry.end - entry.start;
                }
            }
            return 0;
        }

        private void releasePadding() {
            if (entries.stream().noneMatch(e -> e.start >= head && e.end <= read && e.state == State.COMMITTED)) {
                head = read;
            }
        }
    }
}
