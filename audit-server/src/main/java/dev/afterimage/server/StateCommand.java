package dev.afterimage.server;

import dev.afterimage.core.event.RowKey;
import dev.afterimage.jdbc.store.AuditedTable;
import dev.afterimage.jdbc.store.HistoryReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code afterimage state TABLE [KEY...] --as-of TIME}. */
@Command(
        name = "state",
        description = "The state of rows as of a time: of those named, or of all that the trail knows and that may have"
                + " been there.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StateCommand extends ReadingCommand {

    private static final List<String> COLUMNS = List.of("table", "key", "state", "row", "known_by", "doubt");
    private static final List<String> FOR_PEOPLE = List.of("key", "state", "row", "doubt");

    @Parameters(index = "0", paramLabel = "TABLE", description = "With its schema, or without where that is clear.")
    private String table;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY",
            description = "id=7, or 7; a=1,b=2 for a key of several columns. Without one: the whole table.")
    private @Nullable List<String> keys;

    @Option(
            names = "--as-of",
            paramLabel = "TIME",
            defaultValue = "now",
            converter = Moments.class,
            description = Moments.ALLOWED + ". Default: now")
    private Instant asOf;

    @Option(names = "--source", paramLabel = "NAME", description = "The application's data source.")
    private @Nullable String source;

    @Override
    void answer(HistoryReader history) throws SQLException {
        List<AuditedTable> found = table(history, table, source);
        if (found.isEmpty()) {
            return;
        }
        List<String> named = keys == null ? List.of() : keys;
        AuditedTable one = named.isEmpty() ? found.get(0) : keyed(found, named.get(0));
        List<RowKey> rows =
                named.stream().map(key -> keyed(List.of(one), key).key(key)).toList();
        RecordWriter writer = writer(FOR_PEOPLE, COLUMNS);
        boolean[] more = {true};
        history.states(one, rows, asOf, row -> {
            // Of a whole table the rows that were not there are no part.
            if (more[0] && (!named.isEmpty() || !row.state().isAbsent())) {
                more[0] = admit();
                if (more[0]) {
                    writer.write(Shown.row(one.name().toString(), row));
                }
            }
        });
    }
}
