package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Change;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stored entries on which arriving changes may bear. For a change that comes in order this is the last entry of its
 * row; for a late one, everything from the last entry before it whose horizon it clears.
 */
final class TrailWindow {

    /** Few rows need more than one entry; those that do seldom need many. */
    private static final int WIDENING = 8;

    private final Trail trail;
    private final Statements arrivedStatements;
    /** For each row the first thing that is new about it; for a row drawn in by a key change, that change. */
    private final Map<RowRef, Change> firstNews = new HashMap<>();

    private final Map<RowRef, Change> firstArrived = new HashMap<>();
    private final Map<RowRef, List<HistoryEntry>> entries = new LinkedHashMap<>();
    private final Map<RowRef, Change> settled = new HashMap<>();

    TrailWindow(Trail trail, Statements arrivedStatements) {
        this.trail = trail;
        this.arrivedStatements = arrivedStatements;
    }

    void arrived(RowRef row, Change change) {
        firstArrived.merge(row, change, TrailWindow::earlier);
        firstNews.merge(row, change, TrailWindow::earlier);
    }

    void concerned(RowRef row, Change statement) {
        firstNews.merge(row, statement, TrailWindow::earlier);
    }

    private static Change earlier(Change one, Change other) {
        return HistoryEntry.ORDER.compare(one, other) <= 0 ? one : other;
    }

    Collection<List<HistoryEntry>> load() {
        Map<RowRef, Change> open = new LinkedHashMap<>(firstNews);
        for (int limit = 1; !open.isEmpty(); limit = Math.min(limit * WIDENING, 1 << 20)) {
            Map<RowRef, List<HistoryEntry>> latest = trail.latest(open.keySet(), limit);
            Map<RowRef, Change> next = new LinkedHashMap<>();
            for (Map.Entry<RowRef, Change> news : open.entrySet()) {
                RowRef row = news.getKey();
                List<HistoryEntry> found = latest.getOrDefault(row, List.of());
                int start = start(row, found, news.getValue());
                if (start < 0 && found.size() >= limit) {
                    next.merge(row, news.getValue(), TrailWindow::earlier);
                } else {
                    entries.put(row, found.subList(Math.max(start, 0), found.size()));
                    if (start >= 0) {
                        settled.put(row, found.get(start).change());
                    } else {
                        settled.remove(row);
                    }
                    drawIn(found.subList(start + 1, found.size()), next);
                }
            }
            open = next;
        }
        return entries.values();
    }

    /**
     * For each row the entry where its derivation sets out, where there is one. What lies before it is not all loaded: a
     * key change further back may be here for the sake of the other row that it touched.
     */
    Map<RowRef, Change> settled() {
        return settled;
    }

    /** The last entry before the news that they cannot bear on; it is where derivation sets out. */
    private int start(RowRef row, List<HistoryEntry> found, Change news) {
        for (int i = found.size() - 1; i >= 0; i--) {
            HistoryEntry entry = found.get(i);
            if (entry.comesBefore(news)) {
                Change next = next(i + 1 < found.size() ? found.get(i + 1).change() : null, firstArrived.get(row));
                boolean cleared = next == null || Horizon.clears(entry.horizon(), next.fence());
                if (cleared && !arrivedStatements.mayReach(row, entry.change(), entry.horizon())) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static @Nullable Change next(@Nullable Change stored, @Nullable Change arrived) {
        if (stored == null || arrived == null) {
            return stored == null ? arrived : stored;
        }
        return earlier(stored, arrived);
    }

    /** A key change ties two rows together: what is open for one is open for the other. */
    private void drawIn(List<HistoryEntry> reconsidered, Map<RowRef, Change> next) {
        for (HistoryEntry entry : reconsidered) {
            Change change = entry.change();
            if (change.newKey() != null) {
                drawIn(RowRef.before(change), change, next);
                drawIn(RowRef.after(change), change, next);
            }
        }
    }

    private void drawIn(@Nullable RowRef row, Change change, Map<RowRef, Change> next) {
        if (row == null) {
            return;
        }
        Change known = firstNews.get(row);
        if (known == null || HistoryEntry.ORDER.compare(change, known) < 0) {
            firstNews.put(row, change);
            next.put(row, change);
        }
    }
}
