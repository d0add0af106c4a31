package dev.afterimage.jdbc.store;

import java.util.List;
import java.util.Locale;

/** Where the databases of the store differ. */
enum Dialect {
    POSTGRESQL("jsonb", "CAST(? AS jsonb)", "text", " ON CONFLICT DO NOTHING", "INSERT INTO "),
    H2("character varying", "?", "character varying", "", "MERGE INTO "),
    MARIADB("longtext", "?", "longtext", "", "INSERT IGNORE INTO ");

    final String json;
    final String jsonPlace;
    final String text;
    final String unlessThere;
    final String insert;

    Dialect(String json, String jsonPlace, String text, String unlessThere, String insert) {
        this.json = json;
        this.jsonPlace = jsonPlace;
        this.text = text;
        this.unlessThere = unlessThere;
        this.insert = insert;
    }

    static Dialect of(String productName) {
        String name = productName.toLowerCase(Locale.ROOT);
        if (name.contains("postgres")) {
            return POSTGRESQL;
        }
        return name.equals("h2") ? H2 : MARIADB;
    }

    List<String> schema(String table) {
        return List.of(
                history(table),
                "CREATE TABLE IF NOT EXISTS " + table + "_gap (instance bigint NOT NULL, sequence bigint NOT NULL,"
                        + " source " + text + " NOT NULL, reason varchar(40) NOT NULL, detail " + text + " NOT NULL,"
                        + " lost bigint NOT NULL, recorded_at bigint NOT NULL, actor " + text + ", tenant " + text
                        + ", change_reason " + text + ", request_id " + text + ", attributes " + json
                        + ", PRIMARY KEY (instance, sequence))",
                "CREATE TABLE IF NOT EXISTS " + table + "_writer (id int PRIMARY KEY)",
                "ALTER TABLE " + table + "_writer ADD COLUMN IF NOT EXISTS recorded_until bigint NOT NULL DEFAULT 0",
                "CREATE TABLE IF NOT EXISTS " + table + "_table (hash bigint PRIMARY KEY, source " + text
                        + " NOT NULL, table_catalog " + text + ", table_schema " + text + ", table_name " + text
                        + " NOT NULL, key_columns " + text + ")",
                "CREATE TABLE IF NOT EXISTS " + table + "_sealed (instance bigint NOT NULL PRIMARY KEY, source " + text
                        + " NOT NULL, sealed_to bigint NOT NULL, missing bigint NOT NULL, newest bigint NOT NULL)",
                index(table, "row", "row_hash, changed_at, instance, sequence"),
                sparse(table, "new_row", "new_row_hash", "changed_at, instance, sequence"),
                index(table, "actor", "actor_hash, changed_at"),
                coarse(table, "time", "changed_at"),
                coarse(table, "commit", "committed_at"),
                index(table, "transaction", "instance, transaction_number"),
                coarse(table, "observed", "observed_until"),
                coarse(table, "recorded", "recorded_at"),
                sparse(table, "gap", "gap", "changed_at"),
                sparse(table, "statement", "statement_hash", "changed_at"));
    }

    /** Of a column that is seldom set. */
    private String sparse(String table, String name, String column, String more) {
        String index = index(table, name, column + ", " + more);
        return this == POSTGRESQL ? index + " WHERE " + column + " IS NOT NULL" : index;
    }

    /**
     * Of a column whose values grow with the table. A block range index costs next to nothing to keep, and cannot tempt
     * the planner to look for a row's last entry by walking through time.
     */
    private String coarse(String table, String name, String column) {
        return this == POSTGRESQL
                ? index(table, name, column).replace(" (", " USING brin (")
                : index(table, name, column);
    }

    private static String index(String table, String name, String columns) {
        String brief = table.substring(table.lastIndexOf('.') + 1);
        return "CREATE INDEX IF NOT EXISTS " + brief + "_by_" + name + " ON " + table + " (" + columns + ")";
    }

    private String history(String table) {
        return "CREATE TABLE IF NOT EXISTS " + table + " ("
                + String.join(
                        ", ",
                        EntryColumns.ALL.stream()
                                .map(column -> column.name() + " " + type(column.type()))
                                .toList())
                + ", PRIMARY KEY (instance, sequence))";
    }

    private String type(EntryColumns.Type type) {
        return switch (type) {
            case BIGINT -> "bigint";
            case BIGINT_REQUIRED -> "bigint NOT NULL";
            case INT_REQUIRED -> "int NOT NULL";
            case WORD -> "varchar(40)";
            case TEXT -> text;
            case JSON -> json;
        };
    }

    String place(EntryColumns.Type type) {
        return type == EntryColumns.Type.JSON ? jsonPlace : "?";
    }
}
