package dev.afterimage.server;

import dev.afterimage.core.event.EventId;
import dev.afterimage.core.table.TableName;
import dev.afterimage.jdbc.store.AuditedTable;
import dev.afterimage.jdbc.store.HistoryReader;
import dev.afterimage.jdbc.undo.Selection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which changes a command is about. */
final class SelectionOption {

    @Option(names = "--event", paramLabel = "ID", description = "One change: INSTANCE:SEQUENCE.")
    private @Nullable String event;

    @Option(names = "--transaction", paramLabel = "ID", description = "One transaction: INSTANCE:NUMBER.")
    private @Nullable String transaction;

    @Option(names = "--actor", paramLabel = "NAME", description = "What a user did, with --from and --to.")
    private @Nullable String actor;

    @Option(names = "--from", paramLabel = "TIME", converter = Moments.class, description = Moments.ALLOWED)
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", converter = Moments.class, description = "Before this.")
    private @Nullable Instant to;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "All that was committed in a table after --to-time; give it several times for tables that"
                    + " belong together.")
    private List<String> tables = new ArrayList<>();

    @Option(names = "--to-time", paramLabel = "TIME", converter = Moments.class, description = Moments.ALLOWED)
    private @Nullable Instant toTime;

    @Option(names = "--key", paramLabel = "KEY", description = "Only this row of --table: id=7, or 7.")
    private List<String> keys = new ArrayList<>();

    /**
     * What the options say.
     *
     * @throws IllegalArgumentException if they do not say one thing, or name what the trail does not have
     */
    Selection selection(HistoryReader history, String source) throws SQLException {
        long given = Stream.of(event, transaction, actor, tables.isEmpty() ? null : tables)
                .filter(Objects::nonNull)
                .count();
        if (given != 1) {
            throw new IllegalArgumentException("Give one of --event, --transaction, --actor and --table");
        }
        if (event != null) {
            return new Selection.Event(id(event));
        }
        if (transaction != null) {
            EventId id = id(transaction);
            return new Selection.Transaction(id.instance(), id.sequence());
        }
        Instant first = from;
        Instant end = to;
        Instant moment = toTime;
        if (actor != null) {
            if (first == null || end == null) {
                throw new IllegalArgumentException("--actor needs --from and --to");
            }
            return new Selection.ByActor(actor, first, end);
        }
        if (moment == null) {
            throw new IllegalArgumentException("--table needs --to-time");
        }
        return after(moment, history, source);
    }

    /** Of an event, or of a transaction: both are an instance and a number. */
    private static EventId id(String text) {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length == 2) {
                return new EventId(HexFormat.fromHexDigitsToLong(parts[0]), Long.parseLong(parts[1]));
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is no identity. Allowed: sixteen hexadecimal digits, a colon, a number");
    }

    private Selection.After after(Instant moment, HistoryReader history, String source) throws SQLException {
        List<AuditedTable> known = history.tables().stream()
                .filter(table -> table.source().equals(source))
                .toList();
        List<TableName> names = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        for (String written : tables) {
            List<AuditedTable> found = ReadingCommand.named(known, written, String::equalsIgnoreCase);
            if (found.stream().map(AuditedTable::name).distinct().count() != 1) {
                throw new IllegalArgumentException("Table " + written + " of source " + source + " is "
                        + (found.isEmpty() ? "not in the trail" : "there more than once: give its schema"));
            }
            names.add(found.get(0).name());
            for (String key : keys) {
                rows.add(found.get(found.size() - 1).key(key).canonical());
            }
        }
        if (!keys.isEmpty() && tables.size() > 1) {
            throw new IllegalArgumentException("--key is for one --table");
        }
        return new Selection.After(moment, names, rows);
    }
}
