package dev.afterimage.jdbc.outcome;

import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.table.TableName;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Changes as text: {@code INSERT item 1 'x'}, {@code UPDATE item 1>2}, {@code DELETE item 1}; of a whole statement
 * {@code UPDATE item *3 ROWS_UNKNOWN}, the count a question mark where it is not known. Names in lower case.
 */
final class Lines {

    private Lines() {}

    static String of(Change change) {
        StringBuilder line = new StringBuilder(change.operation().name());
        TableName table = change.table();
        line.append(' ').append(table == null ? "?" : table.name().toLowerCase(Locale.ROOT));
        RowKey key = change.key();
        if (key == null) {
            line.append(" *").append(change.rows() < 0 ? "?" : Long.toString(change.rows()));
            line.append(' ').append(change.gap());
        } else {
            RowKey after = change.newKey();
            line.append(' ').append(String.join(",", key.values()));
            line.append(after == null ? "" : ">" + String.join(",", after.values()));
            line.append(name(change));
        }
        return line.append(change.transaction().outcome() == Outcome.IN_DOUBT ? " in doubt" : "")
                .toString();
    }

    private static String name(Change change) {
        for (Assignment set : change.assigned()) {
            if (set.column().equalsIgnoreCase("name") && set.value().isKnown()) {
                return quoted(set.value().text());
            }
        }
        return "";
    }

    private static String quoted(@Nullable String name) {
        return name == null ? "" : " '" + name + "'";
    }

    static String of(
            String operation, String table, @Nullable String before, @Nullable String after, @Nullable String name) {
        String key = before == null ? String.valueOf(after) : before;
        boolean moved = before != null && after != null && !before.equals(after);
        return operation + " " + table.toLowerCase(Locale.ROOT) + " " + key + (moved ? ">" + after : "") + quoted(name);
    }
}
