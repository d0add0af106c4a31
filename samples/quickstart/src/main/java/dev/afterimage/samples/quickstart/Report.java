package dev.afterimage.samples.quickstart;

import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.jdbc.fixture.TrailComparison;
import dev.afterimage.jdbc.store.HistoryReader;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a person wants to know at the end of the day. */
final class Report {

    private static final int LINES = 12;

    private final Databases databases;
    private final Ledger ledger;
    private final HistoryReader history;
    private final PrintStream out;

    Report(Databases databases, PrintStream out) {
        this.databases = databases;
        this.ledger = new Ledger(databases.store());
        this.history = new HistoryReader(databases.store(), "audit_history");
        this.out = out;
    }

    void print(TrailComparison.Verdict verdict) throws SQLException {
        row("listing", "The history of listing");
        row("escrow_account", "Who changed what in escrow account");
        List<Double> lags = ledger.lags();
        out.printf(
                Locale.ROOT,
                "%nLag, commit to stored: p50 %.0f ms, p99 %.0f ms%s%n",
                percentile(lags, 50),
                percentile(lags, 99),
                databases.canPause() ? " (the standby's pause included)" : " (the delay of one second included)");
        out.println("Images: " + images(verdict.resolutions()));
        verdict.differences().forEach(out::println);
    }

    private void row(String table, String title) throws SQLException {
        String key = ledger.busiestRow(databases.table(table).name());
        String id = key.substring(key.indexOf('=') + 1);
        List<HistoryEntry> entries = history.history(
                AuditedOffice.SOURCE,
                databases.table(table),
                new RowKey(List.of(new RowKey.Part(databases.column("id"), id))));
        out.println();
        out.println(title + " " + id + ":");
        new HistoryPrinter(out).print(entries, LINES);
    }

    private static double percentile(List<Double> sorted, int percent) {
        return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100);
    }

    private static String images(Map<String, Long> resolutions) {
        StringBuilder text = new StringBuilder();
        resolutions.forEach((resolution, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(resolution.toLowerCase(Locale.ROOT)));
        return text.toString();
    }
}
