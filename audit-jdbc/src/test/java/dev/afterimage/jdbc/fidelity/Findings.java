package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.event.GapReason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What came of a comparison. Grows from round to round; not thread-safe. */
final class Findings {

    private static final Pattern WORK = Pattern.compile("work (\\d+)");

    private static final int MOST_EXAMPLES = 25;

    private long works;
    private long transactions;
    private long rowChanges;
    private long missing;
    private long phantom;
    private long different;
    private long misordered;
    private long compared;
    private long unknown;
    private long toldFunctions;
    private long gaps;
    private long doubtful;
    private long keptInDoubt;
    private long batches;
    private long batchTransactions;
    private final Map<Origin, Long> beyond = new EnumMap<>(Origin.class);
    private final Map<String, Long> byStatement = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private final Set<Long> explained = new HashSet<>();

    void works(long count) {
        works += count;
    }

    void doubtful(int changes) {
        doubtful += changes;
    }

    void keptInDoubt(int changes) {
        keptInDoubt += changes;
    }

    void transaction(int changes) {
        transactions++;
        rowChanges += changes;
    }

    void missing(int count, String example) {
        missing += count;
        example(example);
    }

    void phantom(int count, String example) {
        phantom += count;
        example(example);
    }

    void different(int count, String example) {
        different += count;
        example(example);
    }

    void misordered(int count, String example) {
        misordered += count;
        example(example);
    }

    void beyond(Origin origin) {
        beyond.merge(origin, 1L, Long::sum);
    }

    void toldFunction() {
        toldFunctions++;
    }

    void gap() {
        gaps++;
    }

    /** A batch under autocommit is one transaction in the trail, and was several in the database. */
    void split(int transactions) {
        batches++;
        batchTransactions += transactions;
    }

    void cells(CellCheck.Cells cells) {
        compared += cells.compared();
        unknown += cells.unknown();
    }

    void byStatement(@Nullable GapReason reason, int rows) {
        if (rows > 0) {
            byStatement.merge(String.valueOf(reason), (long) rows, Long::sum);
        }
    }

    void take(Alignment alignment) {
        missing += alignment.missing();
        phantom += alignment.phantom();
        different += alignment.different();
        misordered += alignment.misordered();
        alignment.findings().forEach(this::example);
        alignment.absorbed().forEach(each -> byStatement(each.reason(), each.rows()));
        alignment.matches().forEach(match -> cells(new CellCheck(match.told(), match.real()).cells()));
    }

    void example(String text) {
        if (examples.size() < MOST_EXAMPLES) {
            examples.add(text);
        }
    }

    /** Adds what the works have done that the examples name. */
    void explain(Map<Long, List<String>> traces) {
        Set<Long> named = new TreeSet<>();
        for (String example : examples) {
            Matcher work = WORK.matcher(example);
            while (work.find()) {
                named.add(Long.valueOf(work.group(1)));
            }
        }
        for (long number : named) {
            List<String> trace = traces.get(number);
            if (trace != null && explained.add(number)) {
                examples.add("work " + number + " was: " + String.join("\n    ", trace));
            }
        }
    }

    boolean isClean() {
        return missing + phantom + different + misordered == 0;
    }

    long keptInDoubt() {
        return keptInDoubt;
    }

    /** How many changes are told as in doubt that were not kept. */
    long doubtful() {
        return doubtful;
    }

    long rowChanges() {
        return rowChanges;
    }

    long beyondCount(Origin origin) {
        return beyond.getOrDefault(origin, 0L);
    }

    List<String> examples() {
        return examples;
    }

    /** The line that the issue asks for. */
    String line() {
        return "fidelity: " + works + " transactions, " + rowChanges + " row changes, " + missing + " missing, "
                + phantom + " phantom, " + different + " different, " + misordered + " misordered";
    }

    /** What the line leaves open: nothing is hidden in it. */
    String details() {
        long statements =
                byStatement.values().stream().mapToLong(Long::longValue).sum();
        return "  committed with row changes: " + transactions + "; assigned cells: " + compared + " compared, "
                + unknown
                + " only the database knows\n"
                + "  of the row changes, " + statements + " are recorded by statement, because " + byStatement
                + "; gaps "
                + "beside the changes: " + gaps + "; in doubt, and kept: " + keptInDoubt + ", and not kept: " + doubtful
                + "\n"
                + "  batches under autocommit, each one transaction in the trail: " + batches
                + ", of which the database made "
                + batchTransactions + "\n"
                + "  beyond the design: " + beyondCount(Origin.CASCADE) + " cascaded, " + beyondCount(Origin.TRIGGER)
                + " by triggers, " + beyondCount(Origin.FUNCTION) + " by functions (" + toldFunctions
                + " of them told as CODE_IN_DATABASE), " + beyondCount(Origin.OTHER_CLIENT)
                + " by other clients; none of them in the trail as a row change";
    }
}
