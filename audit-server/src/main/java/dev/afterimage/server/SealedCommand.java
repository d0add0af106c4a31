package dev.afterimage.server;

import dev.afterimage.jdbc.store.HistoryReader;
import dev.afterimage.jdbc.store.Sealed;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code afterimage sealed}. */
@Command(
        name = "sealed",
        description =
                "How far the trail is complete, for each process start: up to sealed_to every event is stored, but"
                        + " for those that are counted as missing.")
final class SealedCommand extends ReadingCommand {

    private static final List<String> COLUMNS =
            List.of("instance", "source", "sealed_to", "missing", "newest", "whole");

    @Override
    void answer(HistoryReader history) throws SQLException {
        RecordWriter writer = writer(COLUMNS, COLUMNS);
        for (Sealed sealed : history.sealed()) {
            if (!admit()) {
                return;
            }
            writer.write(Shown.sealed(sealed));
        }
    }
}
