package dev.afterimage.server;

import dev.afterimage.jdbc.undo.Selection;
import dev.afterimage.jdbc.undo.Undo;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code afterimage redo}: takes back the newest undo of what is selected by the same options. */
@Command(
        name = "redo",
        description =
                "Takes an undo back: the newest one that was made with the same --event, --transaction, --actor or"
                        + " --table. Shows the SQL; with --execute, runs it.",
        footer = ReversingCommand.EXIT_CODES)
final class RedoCommand extends ReversingCommand {

    @Override
    @Nullable
    Selection target(Undo undo, Selection selected) throws SQLException {
        return undo.undoOf(selected);
    }
}
