package dev.afterimage.server;

import dev.afterimage.core.resolve.RowRef;
import dev.afterimage.jdbc.store.AuditedTable;
import dev.afterimage.jdbc.store.HistoryQuery;
import dev.afterimage.jdbc.store.HistoryReader;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code afterimage history TABLE KEY}. */
@Command(name = "history", description = "The history of a row, oldest change first.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HistoryCommand extends EntriesCommand {

    @Parameters(index = "0", paramLabel = "TABLE", description = "With its schema, or without where that is clear.")
    private String table;

    @Parameters(index = "1", paramLabel = "KEY", description = "id=7, or 7; a=1,b=2 for a key of several columns.")
    private String key;

    @Option(names = "--source", paramLabel = "NAME", description = "The application's data source.")
    private @Nullable String source;

    @Override
    @Nullable
    HistoryQuery query(HistoryReader history) throws SQLException {
        List<AuditedTable> found = table(history, table, source);
        if (found.isEmpty()) {
            return null;
        }
        AuditedTable one = keyed(found, key);
        return HistoryQuery.ALL.ofRow(new RowRef(one.source(), one.name(), one.key(key)));
    }
}
