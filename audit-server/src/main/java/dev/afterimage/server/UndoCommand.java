package dev.afterimage.server;

import dev.afterimage.jdbc.undo.Selection;
import dev.afterimage.jdbc.undo.Undo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code afterimage undo}. */
@Command(
        name = "undo",
        description =
                "Shows the SQL that brings rows back to what they were before some changes, and what is in the way;"
                        + " with --execute, runs it on audit.production.url, all or nothing.",
        footer = ReversingCommand.EXIT_CODES)
final class UndoCommand extends ReversingCommand {

    @Override
    @Nullable
    Selection target(Undo undo, Selection selected) {
        return selected;
    }
}
