package dev.afterimage.jdbc.capture;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The savepoints of the open transaction, innermost last, each with what had been captured when it was set. */
final class Savepoints {

    /**
     * A savepoint.
     *
     * @param handle the driver's object, where JDBC set it
     * @param name its name, where it has one
     * @param mark the length of the transaction's entries
     * @param statements the number of statements among them
     */
    record Mark(@Nullable Object handle, @Nullable String name, int mark, int statements) {}

    private final List<Mark> marks = new ArrayList<>(2);

    void set(Mark mark) {
        marks.add(mark);
    }

    void clear() {
        marks.clear();
    }

    /** The mark to go back to; it stays set, inner ones are gone. Null for a savepoint that was never seen. */
    @Nullable
    Mark rollBackTo(@Nullable Object handle, @Nullable String name) {
        int index = find(handle, name);
        if (index < 0) {
            return null;
        }
        marks.subList(index + 1, marks.size()).clear();
        return marks.get(index);
    }

    /** Forgets a savepoint and the inner ones; the work stays. */
    void release(@Nullable Object handle, @Nullable String name) {
        int index = find(handle, name);
        if (index >= 0) {
            marks.subList(index, marks.size()).clear();
        }
    }

    private int find(@Nullable Object handle, @Nullable String name) {
        for (int i = marks.size() - 1; i >= 0; i--) {
            Mark mark = marks.get(i);
            if (handle != null ? handle == mark.handle() : name != null && name.equals(mark.name())) {
                return i;
            }
        }
        return -1;
    }
}
