package dev.afterimage.server;

import dev.afterimage.jdbc.store.AuditedTable;
import dev.afterimage.jdbc.store.HistoryReader;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all questions about the trail share: where it is, how the answer looks, how much of it. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
abstract class ReadingCommand implements Callable<Integer> {

    static final int NOTHING_FOUND = 3;

    /** How answers look. */
    enum Format {
        TABLE,
        JSON,
        CSV,
        OCSF,
        CEF
    }

    @Mixin
    private ConfigurationOption configuration;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json (an object in each line) or csv; changes also as ocsf or cef. Default: table")
    Format format;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Most lines; 0 for all. What is left out is told on standard error. Default: 1000")
    private int limit;

    @Spec
    CommandSpec spec;

    private long shown;

    @Override
    public final Integer call() throws Exception {
        answer(configuration.history());
        out().flush();
        return shown == 0 ? NOTHING_FOUND : ExitCode.OK;
    }

    abstract void answer(HistoryReader history) throws SQLException, InterruptedException;

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    ParameterException badUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** One more than is shown, so that it is known whether something is left out. */
    int wanted() {
        return limit <= 0 || limit == HistoryReader.NO_LIMIT ? HistoryReader.NO_LIMIT : limit + 1;
    }

    /** Whether one more may be shown; the first that may not is told. */
    boolean admit() {
        if (isFull()) {
            spec.commandLine().getErr().println("Stopped at --limit " + limit + "; there is more.");
            return false;
        }
        shown++;
        return true;
    }

    boolean isFull() {
        return limit > 0 && shown >= limit;
    }

    RecordWriter writer(List<String> forPeople, List<String> all) {
        return switch (format) {
            case TABLE -> new TableWriter(out(), forPeople);
            case JSON -> RecordWriter.json(out());
            case CSV -> RecordWriter.csv(out(), all);
            case OCSF, CEF -> throw badUsage("--output " + format + " is for changes");
        };
    }

    /** Finds a table by its name, or the end of it; each of its keys is one in the list. */
    List<AuditedTable> table(HistoryReader history, String name, @Nullable String source) throws SQLException {
        List<AuditedTable> known = history.tables().stream()
                .filter(table -> source == null || table.source().equals(source))
                .toList();
        List<AuditedTable> found = named(known, name, String::equals);
        if (found.isEmpty()) {
            found = named(known, name, String::equalsIgnoreCase);
        }
        List<String> names = found.stream()
                .map(table -> table.name() + " of source " + table.source())
                .distinct()
                .toList();
        if (names.size() > 1) {
            throw badUsage(name + " may be " + String.join(" or ", names) + ": give schema or --source");
        }
        if (names.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("The trail has no change of a table " + name + ". It has: "
                            + known.stream()
                                    .map(table -> table.name().toString())
                                    .distinct()
                                    .collect(Collectors.joining(", ")));
        }
        return found;
    }

    /** Those whose full name ends in a name as written. */
    static List<AuditedTable> named(List<AuditedTable> tables, String name, BiPredicate<String, String> same) {
        String end = '.' + name;
        return tables.stream()
                .filter(table -> {
                    String full = '.' + table.name().toString();
                    return full.length() >= end.length()
                            && same.test(full.substring(full.length() - end.length()), end);
                })
                .toList();
    }

    /** The table among those with different keys whose key a text is. */
    AuditedTable keyed(List<AuditedTable> tables, String key) {
        IllegalArgumentException last = null;
        for (AuditedTable table : tables) {
            try {
                table.key(key);
                return table;
            } catch (IllegalArgumentException e) {
                last = e;
            }
        }
        throw badUsage(last == null ? "No table" : String.valueOf(last.getMessage()));
    }
}
