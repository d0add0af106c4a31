package dev.afterimage.jdbc.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Compares plans with labels, field by field, and counts. Names are compared without case. */
final class CorpusAgreement {

    /** What is compared. */
    enum Field {
        WRITES(1),
        TARGETS(0.999),
        ASSIGNED_COLUMNS(0.995),
        KEY_COLUMNS(0.99),
        /** Informative: literal, list or parameter number; the MySQL labels do not number parameters reliably. */
        KEY_SOURCES(0),
        /** Informative: where each assigned value comes from. */
        VALUES(0),
        PARAMETERS(0),
        CAN_WRITE(0);

        private final double threshold;

        Field(double threshold) {
            this.threshold = threshold;
        }

        /** The agreement below which the test fails, from 0 to 1. */
        double threshold() {
            return threshold;
        }
    }

    /** One disagreement. */
    record Difference(Field field, Corpus.Entry entry, Object expected, Object found) {
        @Override
        public String toString() {
            return field + " " + entry.id() + " " + entry.dialect() + "\n  expected " + expected + "\n  found    "
                    + found + "\n  " + entry.sql().replace("\n", "\n  ");
        }
    }

    private final Set<String> ignored;
    private final Map<Field, Map<SqlDialect, int[]>> counts = new EnumMap<>(Field.class);
    private final List<Difference> differences = new ArrayList<>();

    /** Compares all entries but those named in {@code ignored}. */
    CorpusAgreement(Set<String> ignored) {
        this.ignored = ignored;
    }

    void compare(Corpus.Entry entry) {
        if (ignored.contains(entry.id())) {
            return;
        }
        StatementPlan plan = SqlAnalyzer.analyze(entry.sql(), entry.dialect());
        JsonNode label = entry.label();
        count(Field.WRITES, entry, label.get("writes").asBoolean(), plan.writes());
        count(Field.CAN_WRITE, entry, label.get("canWrite").asBoolean(), plan.canWrite());
        if (label.has("params") && entry.dialect() != SqlDialect.MYSQL) {
            count(Field.PARAMETERS, entry, label.get("params").asInt(), plan.parameterCount());
        }
        List<JsonNode> expected = new ArrayList<>();
        label.get("ops").forEach(expected::add);
        if (expected.isEmpty() && plan.operations().isEmpty()) {
            return;
        }
        targets(entry, expected, plan.operations());
    }

    private void targets(Corpus.Entry entry, List<JsonNode> expected, List<TableWrite> found) {
        List<TableWrite> rest = new ArrayList<>(found);
        boolean all = true;
        for (JsonNode op : expected) {
            List<TableWrite> matches = matches(op, rest);
            if (matches.isEmpty()) {
                all = false;
            } else {
                rest.removeAll(matches);
                details(entry, op, matches);
            }
        }
        boolean agree = all && rest.isEmpty();
        count(Field.TARGETS, entry, agree ? "" : describe(expected), agree ? "" : found.toString());
    }

    private static String describe(List<JsonNode> ops) {
        StringBuilder text = new StringBuilder();
        ops.forEach(op -> text.append(op.get("op").asText())
                .append(' ')
                .append(op.path("schema").asText(""))
                .append('.')
                .append(op.get("table").asText())
                .append(' '));
        return text.toString();
    }

    /** The writes that one labelled operation stands for: one, or one per target of a multi-table statement. */
    private static List<TableWrite> matches(JsonNode op, List<TableWrite> writes) {
        if (op.path("multiTable").asBoolean()) {
            return MultiTable.matches(
                    op,
                    writes.stream()
                            .filter(write ->
                                    operation(write).equals(op.get("op").asText()))
                            .toList());
        }
        String wanted = lower(op.path("schema").asText(""))
                + '.'
                + lower(op.get("table").asText());
        boolean top = op.path("ctx").asText("top").equals("top");
        return writes.stream()
                .filter(write -> operation(write).equals(op.get("op").asText())
                        && name(write).equals(wanted))
                .sorted(Comparator.comparing(write -> top != (write.context() == WriteContext.TOP)))
                .limit(1)
                .toList();
    }

    private static String operation(TableWrite write) {
        return switch (write.operation()) {
            case COPY -> "COPY_FROM";
            case LOAD -> "LOAD_DATA";
            case CREATE_TABLE_AS -> "CTAS";
            default -> write.operation().name();
        };
    }

    static String name(TableWrite write) {
        TableName table = write.table();
        return table == null ? "?" : lower(Objects.requireNonNullElse(table.schema(), "")) + '.' + lower(table.table());
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private void details(Corpus.Entry entry, JsonNode op, List<TableWrite> writes) {
        List<String> columns = new ArrayList<>();
        writes.forEach(write -> write.assignedColumns().forEach(column -> columns.add(lower(column))));
        List<String> wanted = new ArrayList<>();
        op.get("assignedColumns").forEach(column -> wanted.add(lower(column.asText())));
        if (op.path("op").asText().equals("MERGE") || writes.size() > 1) {
            count(Field.ASSIGNED_COLUMNS, entry, new TreeSet<>(wanted).toString(), new TreeSet<>(columns).toString());
        } else {
            count(Field.ASSIGNED_COLUMNS, entry, wanted.toString(), columns.toString());
        }
        if (op.has("whereEq")) {
            for (TableWrite write : writes) {
                keys(entry, op, write);
            }
        }
        if (writes.size() == 1) {
            values(entry, op, writes.get(0));
        }
    }

    private void keys(Corpus.Entry entry, JsonNode op, TableWrite write) {
        Set<String> wanted = new TreeSet<>();
        Set<String> wantedSources = new TreeSet<>();
        for (JsonNode eq : op.get("whereEq")) {
            if (!eq.has("qual") || isTarget(eq.get("qual").asText(), write)) {
                wanted.add(lower(eq.get("col").asText()));
                wantedSources.add(lower(eq.get("col").asText()) + kind(eq));
            }
        }
        Set<String> found = new TreeSet<>();
        Set<String> foundSources = new TreeSet<>();
        for (KeyConjunct conjunct : write.key().conjuncts()) {
            if (conjunct.owner() != KeyConjunct.Owner.OTHER) {
                for (String column : conjunct.columns()) {
                    found.add(lower(column));
                    foundSources.add(lower(column) + kind(conjunct));
                }
            }
        }
        count(Field.KEY_COLUMNS, entry, wanted, found);
        if (entry.dialect() == SqlDialect.POSTGRESQL) {
            count(Field.KEY_SOURCES, entry, wantedSources, foundSources);
        }
    }

    private static String kind(JsonNode eq) {
        String kind = eq.get("kind").asText();
        return switch (kind) {
            case "param" -> "=?" + eq.path("p").asText();
            case "in" -> " in " + eq.path("n").asText();
            default -> "=literal";
        };
    }

    private static String kind(KeyConjunct conjunct) {
        if (conjunct.isList()) {
            return " in " + conjunct.size();
        }
        return conjunct.parameter(0, 0) > 0 ? "=?" + conjunct.parameter(0, 0) : "=literal";
    }

    private static boolean isTarget(String qualifier, TableWrite write) {
        String alias = write.alias();
        if (alias != null && alias.equalsIgnoreCase(qualifier)) {
            return true;
        }
        String last = lower(qualifier.substring(qualifier.lastIndexOf('.') + 1));
        TableName table = write.table();
        return last.equals(alias == null ? "" : lower(alias))
                || (alias == null && table != null && last.equals(lower(table.table())));
    }

    private void values(Corpus.Entry entry, JsonNode op, TableWrite write) {
        if (op.has("values")) {
            List<String> wanted = new ArrayList<>();
            List<String> found = new ArrayList<>();
            for (int row = 0; row < op.get("values").size(); row++) {
                op.get("values").get(row).forEach(value -> wanted.add(coarse(value.asText())));
            }
            for (int row = 0; row < Math.min(op.get("values").size(), write.rowCount()); row++) {
                for (int i = 0; i < write.rowWidth(); i++) {
                    found.add(kind(write.source(row, i)));
                }
            }
            count(Field.VALUES, entry, wanted.toString(), found.toString());
        }
        if (op.has("assigned") && op.get("op").asText().equals("UPDATE")) {
            List<String> wanted = new ArrayList<>();
            List<String> found = new ArrayList<>();
            op.get("assigned")
                    .forEach(a -> wanted.add(coarse(
                            a.has("p")
                                    ? a.get("v").asText() + ':' + a.get("p")
                                    : a.get("v").asText())));
            for (int i = 0; i < write.assignedColumns().size(); i++) {
                found.add(kind(write.source(0, i)));
            }
            count(Field.VALUES, entry, wanted.toString(), found.toString());
        }
    }

    private static String coarse(String kind) {
        return switch (kind) {
            case "column", "subquery", "none" -> "expr";
            default -> kind;
        };
    }

    private static String kind(ValueSource source) {
        return switch (source.kind()) {
            case PARAMETER -> "param:" + source.parameter();
            case LITERAL -> "literal";
            case DEFAULT -> "default";
            case EXPRESSION -> "expr";
        };
    }

    private void count(Field field, Corpus.Entry entry, Object expected, Object found) {
        int[] count = counts.computeIfAbsent(field, f -> new EnumMap<>(SqlDialect.class))
                .computeIfAbsent(entry.dialect(), d -> new int[2]);
        count[1]++;
        if (expected.equals(found)) {
            count[0]++;
        } else {
            differences.add(new Difference(field, entry, expected, found));
        }
    }

    List<Difference> differences() {
        return differences;
    }

    /** The agreement of all dialects, from 0 to 1. */
    double agreement(Field field) {
        int agreed = 0;
        int all = 0;
        for (int[] count : counts.getOrDefault(field, Map.of()).values()) {
            agreed += count[0];
            all += count[1];
        }
        return all == 0 ? 1 : (double) agreed / all;
    }

    String table() {
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%-18s", "agreement"));
        for (SqlDialect dialect : SqlDialect.values()) {
            table.append(String.format(Locale.ROOT, "%24s", dialect));
        }
        for (Map.Entry<Field, Map<SqlDialect, int[]>> row : counts.entrySet()) {
            table.append(String.format(Locale.ROOT, "%n%-18s", row.getKey()));
            for (SqlDialect dialect : SqlDialect.values()) {
                int[] count = row.getValue().getOrDefault(dialect, new int[2]);
                table.append(
                        count[1] == 0
                                ? String.format(Locale.ROOT, "%24s", "–")
                                : String.format(
                                        Locale.ROOT,
                                        "%24s",
                                        String.format(
                                                Locale.ROOT,
                                                "%d/%d %.2f%%",
                                                count[0],
                                                count[1],
                                                100.0 * count[0] / count[1])));
            }
        }
        return table.toString();
    }
}
