package dev.afterimage.jdbc.capture;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Memory that outlives what uses it, so that short-lived connections and statements allocate little. Lock-free; a thread
 * looks first where it has left something. What finds no place is left to the garbage collector.
 */
final class Spares<T> {

    private static final int PLACES = 64;

    private final AtomicReferenceArray<@Nullable T> places = new AtomicReferenceArray<>(PLACES);
    private final Supplier<T> maker;

    Spares(Supplier<T> maker) {
        this.maker = maker;
    }

    T take() {
        int start = Thread.currentThread().hashCode();
        for (int i = 0; i < PLACES; i++) {
            int place = (start + i) & (PLACES - 1);
            T found = places.getPlain(place) == null ? null : places.getAndSet(place, null);
            if (found != null) {
                return found;
            }
        }
        return maker.get();
    }

    /** Must not be used any more by who gives it. */
    void give(T spare) {
        int start = Thread.currentThread().hashCode();
        for (int i = 0; i < PLACES; i++) {
            int place = (start + i) & (PLACES - 1);
            if (places.getPlain(place) == null && places.compareAndSet(place, null, spare)) {
                return;
            }
        }
    }
}
