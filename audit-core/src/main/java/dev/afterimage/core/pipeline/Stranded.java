package dev.afterimage.core.pipeline;

import dev.afterimage.core.codec.TransactionRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Records whose database cannot be asked for its position now: those of one data source wait, in their order, and hold
 * nobody else's back until they have become too many. Used by the background thread only.
 */
final class Stranded {

    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    /** A try may take as long as a pool waits for a connection: the other sources get most of the time. */
    private static final int SHARE = 4;

    private final Sources sources;
    private final long mostBytes;
    private final BiConsumer<String, RuntimeException> failed;
    private final Map<Integer, List<TransactionRecord>> waiting = new LinkedHashMap<>();
    private long bytes;
    private long nextNanos;

    /**
     * Creates an empty one.
     *
     * @param mostBytes how long the records may be together before no more should come
     * @param failed told the name of a source whose position could not be read, and why
     */
    Stranded(Sources sources, long mostBytes, BiConsumer<String, RuntimeException> failed) {
        this.sources = sources;
        this.mostBytes = mostBytes;
        this.failed = failed;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether it is time to ask again. */
    boolean isDue() {
        return !waiting.isEmpty() && System.nanoTime() - nextNanos >= 0;
    }

    /** Whether no more records should be taken out of the ring. */
    boolean isFull() {
        return bytes >= mostBytes;
    }

    /**
     * Reads the positions of the databases that records come from.
     *
     * @param roundBytes how long the records are together
     * @param last whether there is no time left to wait: then they are told without a position
     * @return those whose position was read, and earlier ones that had waited for it
     */
    List<TransactionRecord> positioned(List<TransactionRecord> records, long roundBytes, boolean last) {
        List<TransactionRecord> ready = new ArrayList<>();
        if (last || isDue()) {
            for (int source : List.copyOf(waiting.keySet())) {
                if (isRead(source) || last) {
                    ready.addAll(waiting.getOrDefault(source, List.of()));
                    waiting.remove(source);
                }
            }
        }
        bytes = waiting.isEmpty() ? 0 : bytes;
        Set<Integer> read = new HashSet<>();
        boolean stranded = false;
        for (TransactionRecord record : records) {
            int source = record.source();
            if (waiting.containsKey(source)) {
                stranded = true;
                waiting.getOrDefault(source, List.of()).add(record);
            } else if (read.contains(source) || isRead(source) || last) {
                read.add(source);
                ready.add(record);
            } else {
                stranded = true;
                waiting.put(source, new ArrayList<>(List.of(record)));
            }
        }
        bytes += stranded ? roundBytes : 0;
        return ready;
    }

    /** Gives up waiting: they are told without a position. */
    List<TransactionRecord> takeAll() {
        List<TransactionRecord> all = new ArrayList<>();
        waiting.values().forEach(all::addAll);
        waiting.clear();
        bytes = 0;
        return all;
    }

    private boolean isRead(int source) {
        long begun = System.nanoTime();
        RuntimeException failure = sources.readPosition(source);
        if (failure == null) {
            return true;
        }
        long now = System.nanoTime();
        nextNanos = now + Math.max(INTERVAL, SHARE * (now - begun));
        failed.accept(sources.nameOf(source), failure);
        return false;
    }
}
