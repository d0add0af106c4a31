package dev.afterimage.server;

import dev.afterimage.jdbc.store.HistoryQuery;
import dev.afterimage.jdbc.store.HistoryReader;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code afterimage user ACTOR}. */
@Command(name = "user", description = "What a user did, oldest change first.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class UserCommand extends EntriesCommand {

    @Parameters(index = "0", paramLabel = "ACTOR")
    private String actor;

    @Option(names = "--since", paramLabel = "TIME", converter = Moments.class, description = Moments.ALLOWED)
    private @Nullable Instant since;

    @Option(names = "--until", paramLabel = "TIME", converter = Moments.class, description = "Before this.")
    private @Nullable Instant until;

    @Override
    HistoryQuery query(HistoryReader history) {
        HistoryQuery query = HistoryQuery.ALL.byActor(actor);
        query = since == null ? query : query.since(since);
        return until == null ? query : query.until(until);
    }
}
