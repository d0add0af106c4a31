package dev.afterimage.core.pipeline;

import dev.afterimage.core.metrics.AuditCounters;
import dev.afterimage.core.resolve.FenceSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The data sources of a pipeline, by number, and the positions of their databases. Registered by any thread, once each. */
final class Sources {

    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);

    private final WallClock clock;
    private final AuditCounters counters;
    private final List<Registered> all = new CopyOnWriteArrayList<>();

    /** The background thread's own: when to ask again for what could not be read. */
    private long nextNanos = System.nanoTime();

    /** A source with what only the background thread knows of it. */
    record Registered(Source source, @Nullable FenceLog fences) {}

    Sources(WallClock clock, AuditCounters counters) {
        this.clock = clock;
        this.counters = counters;
    }

    int register(Source source) {
        synchronized (all) {
            for (int number = 0; number < all.size(); number++) {
                if (all.get(number).source().equals(source)) {
                    return number;
                }
            }
            FenceSource fences = source.fences();
            all.add(new Registered(source, fences == null ? null : new FenceLog(fences, clock)));
            return all.size() - 1;
        }
    }

    /** Number of the data source of a name; -1 where none is registered. */
    int numberOf(String name) {
        for (int number = 0; number < all.size(); number++) {
            if (all.get(number).source().name().equals(name)) {
                return number;
            }
        }
        return -1;
    }

    /** Their names, by number. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Registered registered : all) {
            names.add(registered.source().name());
        }
        return names;
    }

    int count() {
        return all.size();
    }

    Registered get(int number) {
        return all.get(number);
    }

    /** The first source stands for all where it is not known which one it was. */
    String nameOf(int number) {
        int known = number >= 0 && number < all.size() ? number : 0;
        return all.isEmpty() ? "" : all.get(known).source().name();
    }

    /** A position from before the first commit tells the audit side which reads of a row came too early to show it. */
    void readFirstPositions() {
        long begun = System.nanoTime();
        if (begun - nextNanos < 0) {
            return;
        }
        for (int number = 0; number < all.size(); number++) {
            FenceLog fences = all.get(number).fences();
            if (fences != null && !fences.isRead() && readPosition(number) != null) {
                // No harm: the next round reads it again, and then insists. A try may take a pool's whole patience.
                long now = System.nanoTime();
                nextNanos = now + Math.max(INTERVAL, now - begun);
            }
        }
    }

    /** Reads the position of a source's database; answers why that failed, or null. */
    @Nullable
    RuntimeException readPosition(int number) {
        FenceLog fences = all.get(number).fences();
        try {
            if (fences != null) {
                fences.read();
            }
            return null;
        } catch (RuntimeException
                | Error e) { // Not only what its contract names: whatever it is, there is no position.
            counters.fenceFailed();
            return e instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        }
    }
}
