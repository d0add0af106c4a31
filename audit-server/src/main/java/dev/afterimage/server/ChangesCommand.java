package dev.afterimage.server;

import dev.afterimage.jdbc.store.AuditedTable;
import dev.afterimage.jdbc.store.HistoryQuery;
import dev.afterimage.jdbc.store.HistoryReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code afterimage changes}. */
@Command(name = "changes", description = "What changed between two times, oldest change first.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ChangesCommand extends EntriesCommand {

    @Option(names = "--table", paramLabel = "TABLE", description = "Only in this table.")
    private @Nullable String table;

    @Option(names = "--source", paramLabel = "NAME", description = "The application's data source.")
    private @Nullable String source;

    @Option(names = "--from", paramLabel = "TIME", converter = Moments.class, description = Moments.ALLOWED)
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", converter = Moments.class, description = "Before this.")
    private @Nullable Instant to;

    @Override
    @Nullable
    HistoryQuery query(HistoryReader history) throws SQLException {
        HistoryQuery query = HistoryQuery.ALL;
        query = from == null ? query : query.since(from);
        query = to == null ? query : query.until(to);
        if (table == null) {
            return query;
        }
        List<AuditedTable> found = table(history, table, source);
        return found.isEmpty()
                ? null
                : query.ofTable(found.get(0).source(), found.get(0).name());
    }
}
