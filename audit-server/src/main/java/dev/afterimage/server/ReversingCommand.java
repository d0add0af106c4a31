package dev.afterimage.server;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.event.Actor;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.driver.UrlDataSource;
import dev.afterimage.jdbc.store.HistoryReader;
import dev.afterimage.jdbc.undo.Selection;
import dev.afterimage.jdbc.undo.Undo;
import dev.afterimage.jdbc.undo.UndoOptions;
import dev.afterimage.jdbc.undo.UndoPlan;
import dev.afterimage.jdbc.undo.UndoResult;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What undo and redo share: a plan is shown, and only {@code --execute} runs it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class ReversingCommand implements Callable<Integer> {

    static final int CONFLICTS = 4;

    static final String EXIT_CODES =
            "%nExit code: 0 nothing is in the way, or done; 1 failed; 2 bad usage; 3 nothing found;"
                    + " 4 conflicts, and nothing was changed.";

    @Mixin
    private ConfigurationOption configuration;

    @Mixin
    private SelectionOption selection;

    @Option(names = "--execute", description = "Runs it, in one transaction. Without this nothing is changed.")
    private boolean execute;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the trail.")
    private @Nullable String reason;

    @Option(names = "--actor-name", paramLabel = "NAME", description = "Who, for the trail. Default: this login.")
    private String actorName = System.getProperty("user.name", "nobody");

    @Option(names = "--source", paramLabel = "NAME", description = "The database's name in the trail.")
    private @Nullable String source;

    @Option(
            names = "--only-columns",
            description = "Compares only the columns that are set back: others may have changed the rest of the row.")
    private boolean onlyColumns;

    @Option(
            names = "--allow-incomplete",
            description = "Goes on where the trail lacks a column (masked, excluded): a row that comes back has NULL or"
                    + " the default there.")
    private boolean allowIncomplete;

    @Spec
    private CommandSpec spec;

    /** What is to be undone; null if the trail does not have it. */
    abstract @Nullable Selection target(Undo undo, Selection selected) throws SQLException;

    @Override
    public final Integer call() throws SQLException {
        AuditConfiguration loaded = configuration.load();
        HistoryReader history = configuration.history();
        DataSource production = new UrlDataSource(
                loaded.text(Setting.PRODUCTION_URL),
                loaded.text(Setting.PRODUCTION_USER),
                loaded.text(Setting.PRODUCTION_PASSWORD));
        String named = source == null ? loaded.text(Setting.SOURCE) : source;
        Undo undo = new Undo(history, named, production);
        Selection selected = selected(history, named);
        Selection target = target(undo, selected);
        UndoPlan plan = target == null ? null : undo.plan(target, new UndoOptions(onlyColumns, allowIncomplete));
        if (plan == null || plan.entries().isEmpty()) {
            spec.commandLine().getErr().println("The trail has nothing of this kind: " + selected.reference());
            return ReadingCommand.NOTHING_FOUND;
        }
        show(plan);
        if (!plan.isClear()) {
            return conflicts(plan.conflicts().size());
        }
        return execute ? run(plan, history, named, production, loaded) : ExitCode.OK;
    }

    private Selection selected(HistoryReader history, String named) throws SQLException {
        try {
            return selection.selection(history, named);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** The SQL as it could be run by hand; all else as its comments. */
    private void show(UndoPlan plan) {
        out().println("-- " + plan.selection().reference() + ": "
                + plan.entries().size() + " changes, " + plan.statements().size() + " rows to set back");
        plan.statements().forEach(statement -> out().println(statement.shown() + ";"));
        plan.notes().forEach(note -> out().println("-- note: " + note));
        plan.conflicts().forEach(conflict -> out().println("-- conflict: " + conflict));
        if (plan.isClear() && !execute) {
            out().println("-- nothing was changed: --execute runs it");
        }
        out().flush();
    }

    private int conflicts(int count) {
        out().println("-- " + count + " conflicts: nothing was changed");
        out().flush();
        return CONFLICTS;
    }

    private int run(
            UndoPlan plan, HistoryReader history, String named, DataSource production, AuditConfiguration loaded)
            throws SQLException {
        // Closing it delivers what is left, or leaves it in the spool for the next start.
        try (AuditTrail trail = AuditTrail.start(loaded)) {
            DataSource audited =
                    AuditDataSource.builder(production, trail).name(named).build();
            UndoResult result =
                    new Undo(history, named, audited).execute(plan, new Actor(actorName, null, reason, null, Map.of()));
            result.conflicts().forEach(conflict -> out().println("-- conflict: " + conflict));
            if (!result.isDone()) {
                return conflicts(result.conflicts().size());
            }
            out().println("-- done: " + result.statements() + " rows set back, " + Undo.REVERTS + "="
                    + plan.selection().reference());
            out().flush();
            if (!trail.flush(loaded.duration(Setting.SHUTDOWN_TIMEOUT))) {
                spec.commandLine()
                        .getErr()
                        .println("The trail has not taken it yet; see audit.durability for what becomes of it.");
            }
            return ExitCode.OK;
        }
    }
}
