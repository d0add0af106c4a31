package dev.afterimage.samples.quickstart;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.resolve.Delta;
import dev.afterimage.core.resolve.HistoryEntry;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes a row's history the way a person would want to read it. */
final class HistoryPrinter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final PrintStream out;

    HistoryPrinter(PrintStream out) {
        this.out = out;
    }

    /**
     * One line for each change.
     *
     * @param most as many lines, the newest
     */
    void print(List<HistoryEntry> history, int most) {
        if (history.size() > most) {
            out.println("  ... " + (history.size() - most) + " earlier changes");
        }
        history.stream().skip(Math.max(0, history.size() - most)).forEach(this::print);
    }

    private void print(HistoryEntry entry) {
        Change change = entry.change();
        Actor actor = change.actor();
        String who = actor.name() == null ? "?" : actor.name();
        String reason = actor.reason() == null ? "" : "  (" + actor.reason() + ")";
        Instant when = Instant.EPOCH.plus(change.databaseTime(), ChronoUnit.MICROS);
        out.printf(
                "  %s  %-6s %-7s %s%s%n",
                TIME.format(when), who, change.operation().name().toLowerCase(Locale.ROOT), changes(entry), reason);
    }

    private static String changes(HistoryEntry entry) {
        return entry.delta().columns().entrySet().stream()
                .map(column -> column.getKey().toLowerCase(Locale.ROOT) + " " + sides(column.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String sides(Delta.Column column) {
        Delta.Cell before = column.before();
        Delta.Cell after = column.after();
        if (before == null) {
            return after == null ? "?" : String.valueOf(after.text());
        }
        return after == null ? "was " + before.text() : before.text() + " -> " + after.text();
    }
}
