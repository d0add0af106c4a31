package dev.afterimage.jdbc.capture;

import dev.afterimage.core.event.Actor;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The savepoints of the open transaction, innermost last, each with what had been captured when it was set. Databases
 * differ: in PostgreSQL a name may be set again and hides the earlier one, elsewhere it replaces it; in H2 inner
 * savepoints outlive an outer one that is released.
 */
final class Savepoints {

    /**
     * A savepoint.
     *
     * @param handle the driver's object, where JDBC set it
     * @param name its name, where it has one
     * @param mark the length of the transaction's entries
     * @param statements the number of statements among them
     * @param unrecorded the number of changes that were too large to keep
     * @param actor who was last written
     * @param path where tables were last said to be looked for
     * @param keptUpTo up to where entries may have been committed
     */
    record Mark(
            @Nullable Object handle,
            @Nullable String name,
            int mark,
            int statements,
            long unrecorded,
            @Nullable Actor actor,
            String path,
            int keptUpTo) {}

    private final SqlDialect dialect;
    private final List<Mark> marks = new ArrayList<>(2);

    Savepoints(SqlDialect dialect) {
        this.dialect = dialect;
    }

    void set(Mark mark) {
        if (dialect != SqlDialect.POSTGRESQL && mark.name() != null) {
            int earlier = find(null, mark.name());
            if (earlier >= 0) {
                marks.remove(earlier);
            }
        }
        marks.add(mark);
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

    /** Forgets a savepoint, and the inner ones where they go with it; the work stays. */
    void release(@Nullable Object handle, @Nullable String name) {
        int index = find(handle, name);
        if (index >= 0) {
            int end = dialect == SqlDialect.H2 ? index + 1 : marks.size();
            marks.subList(index, end).clear();
        }
    }

    private int find(@Nullable Object handle, @Nullable String name) {
        for (int i = marks.size() - 1; i >= 0; i--) {
            Mark mark = marks.get(i);
            if (handle != null ? handle == mark.handle() : name != null && isSame(name, mark.name())) {
                return i;
            }
        }
        return -1;
    }

    private boolean isSame(String name, @Nullable String other) {
        if (dialect == SqlDialect.MYSQL && other != null) {
            return name.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
        }
        return name.equals(other);
    }
}
