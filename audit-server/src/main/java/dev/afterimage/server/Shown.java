package dev.afterimage.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.Delta;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.resolve.RowState;
import dev.afterimage.jdbc.store.RowAsOf;
import dev.afterimage.jdbc.store.Sealed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the trail holds as JSON objects. Of a row, and of what changed in it: a column that is not there is not known,
 * {@code null} is SQL NULL, {@code ""} is the empty text. Of a whole row: not there means not known, {@code null} that
 * there was no row.
 */
final class Shown {

    static final ObjectMapper JSON = new ObjectMapper();

    private Shown() {}

    static ObjectNode entry(HistoryEntry entry) {
        Change change = entry.change();
        ObjectNode shown = JSON.createObjectNode();
        shown.put("id", change.id().toString());
        shown.put("time", time(change.databaseTime()));
        shown.put("committed", time(change.transaction().committedAt() + change.clockOffset()));
        shown.put("source", change.source());
        shown.put("table", change.table() == null ? null : change.table().toString());
        shown.put("operation", change.operation().name());
        putKey(shown, "key", change.key());
        putKey(shown, "new_key", change.newKey());
        putActor(shown, change.actor());
        shown.put("transaction", transaction(change));
        shown.put("transaction_index", change.transaction().index());
        shown.put("transaction_count", change.transaction().count());
        shown.put("outcome", change.transaction().outcome().name());
        shown.put("resolution", entry.resolution().name());
        shown.put("gap", change.gap() == null ? null : change.gap().name());
        shown.put("rows", change.rows());
        shown.put("statement", change.statement());
        putState(shown, "before", entry.before());
        putState(shown, "after", entry.after());
        ObjectNode delta = shown.putObject("delta");
        entry.delta().columns().forEach((name, column) -> {
            ObjectNode sides = delta.putObject(name);
            putCell(sides, "old", column.before());
            putCell(sides, "new", column.after());
        });
        return shown;
    }

    private static void putCell(ObjectNode sides, String side, Delta.@Nullable Cell cell) {
        if (cell != null) {
            sides.put(side, cell.text());
        }
    }

    private static void putActor(ObjectNode shown, Actor actor) {
        shown.put("actor", actor.name());
        shown.put("tenant", actor.tenant());
        shown.put("reason", actor.reason());
        shown.put("request_id", actor.requestId());
        ObjectNode attributes = shown.putObject("attributes");
        actor.attributes().forEach(attributes::put);
    }

    private static void putKey(ObjectNode shown, String name, @Nullable RowKey key) {
        if (key != null) {
            ObjectNode parts = shown.putObject(name);
            key.columns().forEach(part -> parts.put(part.column(), part.value()));
        }
    }

    private static void putState(ObjectNode shown, String name, RowState state) {
        if (state.isAbsent()) {
            shown.putNull(name);
        } else if (state.image() != null) {
            ObjectNode columns = shown.putObject(name);
            for (Map.Entry<String, @Nullable String> column :
                    state.image().columns().entrySet()) {
                columns.put(column.getKey(), column.getValue());
            }
        }
    }

    static ObjectNode row(String table, RowAsOf row) {
        ObjectNode shown = JSON.createObjectNode();
        shown.put("table", table);
        putKey(shown, "key", row.key());
        RowState state = row.state();
        shown.put("state", !state.isKnown() ? "unknown" : state.isAbsent() ? "absent" : "present");
        putState(shown, "row", state);
        shown.put("known_by", row.by().toString());
        shown.put("doubt", row.doubt());
        return shown;
    }

    static ObjectNode gap(Gap gap) {
        ObjectNode shown = JSON.createObjectNode();
        shown.put("id", gap.id().toString());
        shown.put("time", time(gap.recordedAt()));
        shown.put("source", gap.source());
        shown.put("gap", gap.reason().name());
        shown.put("lost", gap.lost());
        shown.put("detail", gap.detail());
        putActor(shown, gap.actor());
        return shown;
    }

    static ObjectNode sealed(Sealed sealed) {
        ObjectNode shown = JSON.createObjectNode();
        shown.put("instance", EventId.instanceText(sealed.instance()));
        shown.put("source", sealed.source());
        shown.put("sealed_to", sealed.to());
        shown.put("missing", sealed.missing());
        shown.put("newest", sealed.newest());
        shown.put("whole", sealed.isWhole());
        return shown;
    }

    /** The identity of a transaction, as the command {@code transaction} takes it. */
    static String transaction(Change change) {
        return EventId.instanceText(change.id().instance()) + ":"
                + change.transaction().number();
    }

    static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
