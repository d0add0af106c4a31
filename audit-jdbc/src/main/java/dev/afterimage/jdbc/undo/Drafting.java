package dev.afterimage.jdbc.undo;

import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.resolve.RowState;
import dev.afterimage.core.value.ValueType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes drafts of reversals, as far as the trail and the shapes of the tables allow. */
final class Drafting {

    private final TableShapes shapes;
    private final UndoOptions options;
    private final List<Conflict> conflicts = new ArrayList<>();
    private final Set<String> notes = new TreeSet<>();

    Drafting(TableShapes shapes, UndoOptions options) {
        this.shapes = shapes;
        this.options = options;
    }

    List<Conflict> conflicts() {
        return conflicts;
    }

    Set<String> notes() {
        return notes;
    }

    /** The draft; null if there is nothing to do, or a conflict. */
    @Nullable
    Draft draft(Reversal reversal) throws SQLException {
        TableShape shape = shapes.find(reversal.table());
        if (shape == null) {
            return refuse(Conflict.Kind.TABLE_CHANGED, reversal, "the table is not there");
        }
        if (!shape.isKeyedBy(reversal.keyNow()) || !shape.isKeyedBy(reversal.keyThen())) {
            return refuse(Conflict.Kind.TABLE_CHANGED, reversal, "the table has another primary key now");
        }
        if (!reversal.now().isKnown() || !reversal.then().isKnown()) {
            return refuseUnknown(reversal);
        }
        Map<String, @Nullable String> now = columns(reversal.now());
        Map<String, @Nullable String> then = columns(reversal.then());
        if (now.isEmpty()) {
            return then.isEmpty() ? null : insert(reversal, shape, then);
        }
        if (then.isEmpty()) {
            noteUnknown(reversal, shape, now);
            return new Draft(reversal, shape, now, then, Set.of(), comparable(shape, now));
        }
        return update(reversal, shape, now, then);
    }

    private @Nullable Draft refuse(Conflict.Kind kind, Reversal reversal, String detail) {
        RowKey key = reversal.now().isAbsent() ? reversal.keyThen() : reversal.keyNow();
        conflicts.add(new Conflict(kind, reversal.table(), key, detail));
        return null;
    }

    private @Nullable Draft refuseUnknown(Reversal reversal) {
        for (HistoryEntry entry : reversal.changes()) {
            if (entry.change().transaction().outcome() == Outcome.IN_DOUBT) {
                return refuse(
                        Conflict.Kind.IN_DOUBT,
                        reversal,
                        "it is not known whether change " + entry.change().id() + " was committed");
            }
        }
        boolean before = !reversal.then().isKnown();
        HistoryEntry entry = before ? reversal.changes().get(0) : reversal.last();
        return refuse(
                Conflict.Kind.IMAGE_UNKNOWN,
                reversal,
                "the trail does not know the row " + (before ? "before" : "after") + " change "
                        + entry.change().id() + " (" + entry.resolution() + ")");
    }

    private static Map<String, @Nullable String> columns(RowState state) {
        Image image = state.image();
        return image == null ? Map.of() : image.columns();
    }

    private static List<String> comparable(TableShape shape, Map<String, @Nullable String> now) {
        return shape.settable().stream().filter(now::containsKey).toList();
    }

    /** What nobody can compare, since the trail never had it. */
    private void noteUnknown(Reversal reversal, TableShape shape, Map<String, @Nullable String> image) {
        List<String> unknown = shape.settable().stream()
                .filter(name -> !image.containsKey(name))
                .toList();
        if (!unknown.isEmpty()) {
            notes.add("Columns of " + reversal.table() + " that the trail does not have are not compared: "
                    + String.join(", ", unknown));
        }
    }

    private @Nullable Draft insert(Reversal reversal, TableShape shape, Map<String, @Nullable String> then) {
        for (Map.Entry<String, @Nullable String> value : then.entrySet()) {
            if (!shape.has(value.getKey()) && value.getValue() != null) {
                return refuse(Conflict.Kind.COLUMN_CHANGED, reversal, "the table has no column " + value.getKey());
            }
        }
        List<String> missing = shape.settable().stream()
                .filter(name -> !then.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            boolean possible = shape.optional().containsAll(missing);
            if (!options.allowIncomplete() || !possible) {
                return refuse(
                        Conflict.Kind.INCOMPLETE,
                        reversal,
                        "the trail does not have the row's " + String.join(", ", missing)
                                + (possible ? "" : ", which a row cannot do without"));
            }
            notes.add("Rows put back into " + reversal.table() + " get NULL or the default in: "
                    + String.join(", ", missing));
        }
        for (ForeignKey key : shape.children()) {
            if (key.sweeps()) {
                notes.add("Rows of " + key.child() + " that the database itself removed or changed with their "
                        + key.parent().name() + " (" + key.name() + ") are not in the trail and do not come back");
            }
        }
        return new Draft(reversal, shape, Map.of(), then, Set.of(), List.of());
    }

    private @Nullable Draft update(
            Reversal reversal,
            TableShape shape,
            Map<String, @Nullable String> now,
            Map<String, @Nullable String> then) {
        Set<String> hidden = hidden(reversal, then);
        if (!hidden.isEmpty()) {
            String detail = "the trail does not have the old value of " + String.join(", ", hidden);
            if (!options.allowIncomplete()) {
                return refuse(Conflict.Kind.INCOMPLETE, reversal, detail);
            }
            notes.add("Left as they are in " + reversal.table() + ": " + String.join(", ", hidden));
        }
        Set<String> changed = changed(reversal, now, then);
        changed.removeAll(shape.generated());
        if (changed.isEmpty()) {
            return null;
        }
        for (String column : changed) {
            if (!shape.has(column)) {
                return refuse(Conflict.Kind.COLUMN_CHANGED, reversal, "the table has no column " + column);
            }
        }
        Map<String, @Nullable String> restored = new LinkedHashMap<>(now);
        changed.forEach(column -> restored.put(column, then.get(column)));
        List<String> compared = comparable(shape, now);
        return new Draft(
                reversal,
                shape,
                now,
                restored,
                changed,
                options.onlyColumns()
                        ? compared.stream().filter(changed::contains).toList()
                        : compared);
    }

    /** Columns that were set, but whose values do not show. */
    private static Set<String> hidden(Reversal reversal, Map<String, @Nullable String> then) {
        Set<String> hidden = new TreeSet<>();
        for (HistoryEntry entry : reversal.changes()) {
            for (Assignment set : entry.change().assigned()) {
                if (set.value().type() == ValueType.MASKED && !then.containsKey(set.column())) {
                    hidden.add(set.column());
                }
            }
        }
        return hidden;
    }

    /** Columns that differ; where others may have changed the rest meanwhile, only those that these changes changed. */
    private Set<String> changed(
            Reversal reversal, Map<String, @Nullable String> now, Map<String, @Nullable String> then) {
        Set<String> changed = new LinkedHashSet<>();
        then.forEach((column, value) -> {
            if (now.containsKey(column) && !Objects.equals(value, now.get(column))) {
                changed.add(column);
            }
        });
        if (options.onlyColumns()) {
            changed.removeIf(column -> reversal.changes().stream()
                    .noneMatch(entry -> entry.delta().columns().containsKey(column)));
        }
        return changed;
    }
}
