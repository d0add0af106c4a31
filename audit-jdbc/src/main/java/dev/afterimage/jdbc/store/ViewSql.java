package dev.afterimage.jdbc.store;

import dev.afterimage.core.table.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queries behind the views of one table. Every entry holds its images whole, as far as they are known, so each row of
 * a view is made of one entry: no other row of the history is read for it, and never the live table.
 */
final class ViewSql {

    private static final String EPOCH_H2 = "TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z'";

    private final Dialect dialect;
    private final String history;
    private final TableName table;
    private final List<ViewColumn> columns;
    private final Set<String> taken = new HashSet<>();

    ViewSql(Dialect dialect, String history, TableName table, List<ViewColumn> columns) {
        this.dialect = dialect;
        this.history = history;
        this.table = table;
        this.columns = columns;
    }

    /** A side of a column: where its value is in the history. */
    private record Place(
            String document, ViewColumn column, @Nullable String side) {}

    /** What changed: old and new of the changed columns alone. */
    String delta() {
        List<String> select = begin();
        select.add(names("delta", null) + " AS audit_changed");
        select.add(names("delta", "old") + " AS audit_old_known");
        select.add(names("delta", "new") + " AS audit_new_known");
        select.add("h.delta AS audit_delta");
        for (ViewColumn column : columns) {
            select.add(value(new Place("delta", column, "old")) + " AS " + name("old_" + column.name()));
            select.add(value(new Place("delta", column, "new")) + " AS " + name("new_" + column.name()));
        }
        return query(select);
    }

    /** The row as it then was, after the change. */
    String snapshot() {
        List<String> select = begin();
        select.add(state("after_image") + " AS audit_row");
        select.add(names("after_image", null) + " AS audit_known");
        select.add("h.after_image AS audit_after");
        for (ViewColumn column : columns) {
            select.add(value(new Place("after_image", column, null)) + " AS " + name(column.name()));
        }
        return query(select);
    }

    /** The row before the change beside the row after it. */
    String compare() {
        List<String> select = begin();
        select.add(state("before_image") + " AS audit_old_row");
        select.add(state("after_image") + " AS audit_new_row");
        select.add(names("delta", null) + " AS audit_changed");
        select.add(names("before_image", null) + " AS audit_old_known");
        select.add(names("after_image", null) + " AS audit_new_known");
        select.add("h.before_image AS audit_before");
        select.add("h.after_image AS audit_after");
        for (ViewColumn column : columns) {
            select.add(value(new Place("before_image", column, null)) + " AS " + name("old_" + column.name()));
            select.add(value(new Place("after_image", column, null)) + " AS " + name("new_" + column.name()));
        }
        return query(select);
    }

    private List<String> begin() {
        taken.clear();
        List<String> select = new ArrayList<>();
        select.add("h.instance AS audit_instance");
        select.add("h.sequence AS audit_sequence");
        select.add(time() + " AS audit_time");
        select.add("h.changed_at AS audit_micros");
        select.add("h.operation AS audit_operation");
        select.add("h.row_key AS audit_key");
        select.add("h.new_row_key AS audit_new_key");
        select.add("h.row_count AS audit_rows");
        select.add("h.statement AS audit_statement");
        select.add("h.source AS audit_source");
        select.add("h.actor AS audit_actor");
        select.add("h.tenant AS audit_tenant");
        select.add("h.change_reason AS audit_reason");
        select.add("h.transaction_number AS audit_transaction");
        select.add("h.outcome AS audit_outcome");
        select.add("h.resolution AS audit_resolution");
        return select;
    }

    private String time() {
        return switch (dialect) {
            case POSTGRESQL -> "timestamptz 'epoch' + h.changed_at * interval '1 microsecond'";
            case H2 -> "DATEADD(MICROSECOND, h.changed_at, " + EPOCH_H2 + ")";
            case MARIADB -> "TIMESTAMP'1970-01-01 00:00:00.000000' + INTERVAL h.changed_at MICROSECOND";
        };
    }

    private String state(String document) {
        String absent = "h." + document + " = " + (dialect == Dialect.POSTGRESQL ? "CAST('null' AS jsonb)" : "'null'");
        return "CASE WHEN h." + document + " IS NULL THEN 'unknown' WHEN " + absent
                + " THEN 'absent' ELSE 'present' END";
    }

    private String value(Place place) {
        String text = text(place);
        String value = place.column().value(text, dialect);
        String fits = place.column().fits(text, dialect);
        return fits == null ? value : "CASE WHEN " + fits + " THEN " + value + " END";
    }

    /** The text of a member of a document; NULL where it is null or not there. */
    private String text(Place place) {
        String name = place.column().name();
        String side = place.side();
        return switch (dialect) {
            case POSTGRESQL ->
                "(h." + place.document() + (side == null ? "" : " -> " + literal(name)) + " ->> "
                        + literal(side == null ? name : side) + ")";
            case H2 ->
                // H2 gives a JSON string as it is written in JSON.
                "STRINGDECODE(REGEXP_REPLACE(NULLIF(CAST(" + member(place)
                        + " AS CHARACTER VARYING), 'null'), '^\"|\"$', ''))";
            case MARIADB -> "JSON_VALUE(h." + place.document() + ", " + path(place) + ")";
        };
    }

    private String member(Place place) {
        return "(h." + place.document() + " FORMAT JSON)."
                + quoted(place.column().name()) + (place.side() == null ? "" : "." + quoted(place.side()));
    }

    private String path(Place place) {
        String name = place.column().name().replace("\\", "\\\\").replace("\"", "\\\"");
        return literal("$.\"" + name + '"' + (place.side() == null ? "" : "." + place.side()));
    }

    private String isThere(Place place) {
        String side = place.side();
        return switch (dialect) {
            case POSTGRESQL ->
                "h." + place.document() + " -> " + literal(place.column().name())
                        + (side == null ? "" : " -> " + literal(side)) + " IS NOT NULL";
            case H2 -> member(place) + " IS NOT NULL";
            case MARIADB -> "JSON_CONTAINS_PATH(h." + place.document() + ", 'one', " + path(place) + ")";
        };
    }

    /** The names of the columns that are there in a document, with a value that the view can show. */
    private String names(String document, @Nullable String side) {
        List<String> names = new ArrayList<>();
        for (ViewColumn column : columns) {
            Place place = new Place(document, column, side);
            String there = isThere(place);
            // Of a whole change in a column there is no value; a value of another type is not shown.
            String fits = document.equals("delta") && side == null ? null : column.fits(text(place), dialect);
            names.add(name(column, fits == null ? there : there + " AND COALESCE(" + fits + ", TRUE)"));
        }
        return switch (dialect) {
            case POSTGRESQL -> "array_remove(ARRAY[" + String.join(", ", names) + "], NULL)";
            case H2 -> String.join(" || ", names);
            case MARIADB -> "CONCAT('[', CONCAT_WS(',', " + String.join(", ", names) + "), ']')";
        };
    }

    private String name(ViewColumn column, String condition) {
        String name = literal(column.name());
        return switch (dialect) {
            case POSTGRESQL -> "CASE WHEN " + condition + " THEN " + name + " END";
            case H2 ->
                "CASE WHEN " + condition + " THEN ARRAY[CAST(" + name
                        + " AS CHARACTER VARYING)] ELSE CAST(ARRAY[] AS CHARACTER VARYING ARRAY) END";
            case MARIADB -> "IF(" + condition + ", JSON_QUOTE(" + name + "), NULL)";
        };
    }

    /** A name for a column: a source column must not hide one of ours, nor another that differs in case alone. */
    private String name(String wanted) {
        String free = wanted;
        while (free.toLowerCase(Locale.ROOT).startsWith("audit_") || !taken.add(free.toLowerCase(Locale.ROOT))) {
            free = "_" + free;
        }
        return quoted(free);
    }

    private String query(List<String> select) {
        String owner = table.schema() == null ? table.catalog() : table.schema();
        return "SELECT " + String.join(", ", select) + " FROM " + history + " h WHERE h.table_name = "
                + literal(table.name()) + " AND COALESCE(h.table_schema, h.table_catalog, '') = "
                + literal(owner == null ? "" : owner);
    }

    private String literal(String text) {
        String escaped = text.replace("'", "''");
        return '\'' + (dialect == Dialect.MARIADB ? escaped.replace("\\", "\\\\") : escaped) + '\'';
    }

    private String quoted(String name) {
        return quoted(name, dialect);
    }

    static String quoted(String name, Dialect dialect) {
        return dialect == Dialect.MARIADB
                ? '`' + name.replace("`", "``") + '`'
                : '"' + name.replace("\"", "\"\"") + '"';
    }
}
