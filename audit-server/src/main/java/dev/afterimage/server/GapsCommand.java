package dev.afterimage.server;

import dev.afterimage.core.event.Gap;
import dev.afterimage.jdbc.store.HistoryReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code afterimage gaps}. */
@Command(
        name = "gaps",
        description = "Where the trail does not know something: holes, and changes of which the rows are not known.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class GapsCommand extends ReadingCommand {

    private static final List<String> FOR_PEOPLE = List.of("time", "gap", "lost", "source", "actor", "detail");
    private static final List<String> ALL = List.of(
            "id", "time", "source", "gap", "lost", "detail", "actor", "tenant", "reason", "request_id", "attributes");

    @Option(names = "--since", paramLabel = "TIME", converter = Moments.class, description = Moments.ALLOWED)
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "TIME", converter = Moments.class, description = "Before this.")
    private @Nullable Instant until;

    @Override
    void answer(HistoryReader history) throws SQLException {
        RecordWriter writer = writer(FOR_PEOPLE, ALL);
        Instant from = since == null ? Instant.EPOCH : since;
        Instant to = until == null ? Instant.parse("9999-01-01T00:00:00Z") : until;
        for (Gap gap : history.gaps(from, to, wanted())) {
            if (admit()) {
                writer.write(Shown.gap(gap));
            }
        }
    }
}
