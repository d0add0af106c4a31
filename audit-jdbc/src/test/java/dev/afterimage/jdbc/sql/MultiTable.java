package dev.afterimage.jdbc.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares the writes of a MySQL multi-table statement with its label. */
final class MultiTable {
    private MultiTable() {}

    /** All the writes when they are to the labelled targets, else none; any joined table will do when the label is open. */
    static List<TableWrite> matches(JsonNode op, List<TableWrite> writes) {
        Set<String> found = new TreeSet<>();
        writes.forEach(write -> found.add(CorpusAgreement.name(write)));
        Set<String> targets = new TreeSet<>();
        op.path("targets").forEach(target -> targets.add(resolve(target, op.path("tables"))));
        if (!targets.isEmpty()) {
            return found.equals(targets) ? writes : List.of();
        }
        Set<String> tables = new TreeSet<>();
        op.path("tables").forEach(table -> tables.add(full(table)));
        tables.add(full(op));
        return tables.containsAll(found) ? writes : List.of();
    }

    private static String resolve(JsonNode target, JsonNode tables) {
        String name = CorpusAgreement.lower(target.get("table").asText());
        String schema = CorpusAgreement.lower(target.path("schema").asText(""));
        for (JsonNode table : tables) {
            String visible = table.path("alias").asText(table.get("table").asText());
            boolean same = CorpusAgreement.lower(visible).equals(name);
            String ofTable = CorpusAgreement.lower(table.path("schema").asText(""));
            if (same && (schema.isEmpty() || schema.equals(ofTable))) {
                return full(table);
            }
        }
        return full(target);
    }

    private static String full(JsonNode table) {
        if (table.get("table").isNull()) {
            return "?";
        }
        return CorpusAgreement.lower(table.path("schema").asText(""))
                + '.'
                + CorpusAgreement.lower(table.get("table").asText());
    }
}
