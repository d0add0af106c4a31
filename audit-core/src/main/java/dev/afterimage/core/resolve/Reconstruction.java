package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts an after-image together where no read shows it whole. Each column comes from a later read, if nothing in between
 * touched it; else from what the change assigned, if its text can be told, or from the key of an inserted row; else from
 * the row before, if the change left the column alone. One column that cannot be told, and there is no image.
 */
final class Reconstruction {

    private final Node node;
    private final RowState before;
    private final Map<String, Assignment> assigned = new HashMap<>();

    private Reconstruction(Node node, RowState before) {
        this.node = node;
        this.before = before;
        node.change.assigned().forEach(set -> assigned.put(set.column(), set));
    }

    /** The image, without masked columns; null where it cannot be told. */
    static @Nullable Image of(Node node, RowTimeline timeline, RowState before) {
        Table table = node.table;
        if (table == null || table.columns().isEmpty()) {
            return null;
        }
        Reconstruction reconstruction = new Reconstruction(node, before);
        Set<String> readable = timeline.untouchedInRead(node, table);
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            if (!timeline.masked().contains(column.name()) && !reconstruction.tell(column, readable, columns)) {
                return null;
            }
        }
        return new Image(columns);
    }

    private boolean tell(Column column, Set<String> readable, Map<String, @Nullable String> into) {
        String name = column.name();
        if (readable.contains(name) && node.seen != null) {
            into.put(name, node.seen.columns().get(name));
            return true;
        }
        if (column.computed()) {
            return false;
        }
        Assignment set = assigned.get(name);
        if (set == null) {
            return tellFromKey(column, into) || tellFromBefore(name, into);
        }
        return tellFromAssignment(column, set, into);
    }

    /** A key that the database made for an inserted row is not among the assigned values. */
    private boolean tellFromKey(Column column, Map<String, @Nullable String> into) {
        RowKey key = node.change.key();
        if (node.change.operation() != Operation.INSERT || key == null) {
            return false;
        }
        for (RowKey.Part part : key.columns()) {
            boolean canonical = part.value().equals(column.type().canonical(Value.of(part.value())));
            if (part.column().equals(column.name()) && canonical) {
                into.put(column.name(), part.value());
                return true;
            }
        }
        return false;
    }

    private boolean tellFromBefore(String name, Map<String, @Nullable String> into) {
        Change change = node.change;
        Image image = before.image();
        if (change.operation() != Operation.UPDATE
                || image == null
                || !image.columns().containsKey(name)) {
            return false;
        }
        into.put(name, image.columns().get(name));
        return true;
    }

    private boolean tellFromAssignment(Column column, Assignment set, Map<String, @Nullable String> into) {
        if (node.change.operation() == Operation.UPSERT) {
            // Its values are those of the insert; an update in its place may have set others.
            return false;
        }
        String text = column.type().canonical(set.value());
        if (text == null && set.value().type() != ValueType.NULL) {
            return false;
        }
        into.put(column.name(), text);
        return true;
    }
}
