package dev.afterimage.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.jdbc.store.HistoryQuery;
import dev.afterimage.jdbc.store.HistoryReader;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A question whose answer is changes. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class EntriesCommand extends ReadingCommand {

    private static final long PAUSE_MILLIS = 500;

    private static final List<String> FOR_PEOPLE =
            List.of("time", "actor", "operation", "table", "key", "changes", "resolution", "transaction");

    private static final List<String> ALL = List.of(
            "id",
            "time",
            "committed",
            "source",
            "table",
            "operation",
            "key",
            "new_key",
            "actor",
            "tenant",
            "reason",
            "request_id",
            "attributes",
            "transaction",
            "transaction_index",
            "transaction_count",
            "outcome",
            "resolution",
            "gap",
            "rows",
            "statement",
            "before",
            "after",
            "delta");

    @Option(
            names = "--follow",
            description = "Goes on with what is stored from now on, in the order of storing: nothing is left out and"
                    + " nothing comes twice, however many servers write.")
    private boolean follow;

    /** What is asked for; null if it cannot be there. */
    abstract @Nullable HistoryQuery query(HistoryReader history) throws SQLException;

    @Override
    final void answer(HistoryReader history) throws SQLException, InterruptedException {
        HistoryQuery query = query(history);
        if (query == null) {
            return;
        }
        Consumer<HistoryEntry> printer = printer();
        if (!follow) {
            history.read(query, wanted(), entry -> {
                if (admit()) {
                    printer.accept(entry);
                }
            });
            return;
        }
        history.follow(query, PAUSE_MILLIS, entry -> {
            if (admit()) {
                printer.accept(entry);
            }
            // This sends the line on; a reader that has gone away is seen by it, not by an exception.
            return !out().checkError() && !isFull();
        });
    }

    private Consumer<HistoryEntry> printer() {
        return switch (format) {
            case OCSF -> entry -> line(SecurityEvents.ocsf(Shown.entry(entry)).toString());
            case CEF -> entry -> line(SecurityEvents.cef(Shown.entry(entry)));
            case TABLE, JSON, CSV -> {
                RecordWriter writer = writer(FOR_PEOPLE, ALL);
                yield entry -> {
                    ObjectNode shown = Shown.entry(entry);
                    writer.write(shown);
                };
            }
        };
    }

    private void line(String text) {
        out().print(text + "\n");
    }
}
