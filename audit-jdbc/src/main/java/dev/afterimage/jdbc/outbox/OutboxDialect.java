package dev.afterimage.jdbc.outbox;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the databases differ. */
enum OutboxDialect {
    POSTGRESQL(
            "bytea", "text", "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)", "current_schema()", '"'),
    /** Its own numbers come from a sequence: AUTO_INCREMENT would change what LAST_INSERT_ID() tells the application. */
    MARIADB(
            "longblob",
            "varchar(255)",
            "CAST(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)) / 1000 AS SIGNED)",
            "database()",
            '`'),
    H2(
            "binary large object",
            "varchar(255)",
            "DATEDIFF(MILLISECOND, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z', CURRENT_TIMESTAMP(9))",
            "schema()",
            '"');

    private final String bytes;
    private final String text;
    final String nowMillis;
    final String currentSchema;
    private final char quote;

    OutboxDialect(String bytes, String text, String nowMillis, String currentSchema, char quote) {
        this.bytes = bytes;
        this.text = text;
        this.nowMillis = nowMillis;
        this.currentSchema = currentSchema;
        this.quote = quote;
    }

    /** Null where no outbox can be kept. */
    static @Nullable OutboxDialect of(String productName) {
        String name = productName.toLowerCase(Locale.ROOT);
        if (name.contains("postgres") || name.contains("enterprisedb")) {
            return POSTGRESQL;
        }
        if (name.contains("mariadb")) {
            return MARIADB;
        }
        return name.equals("h2") ? H2 : null;
    }

    String quoted(String name) {
        return quote + name.replace(String.valueOf(quote), String.valueOf(quote) + quote) + quote;
    }

    /** What makes both tables, if they are not there. */
    List<String> creates(String table) {
        String rows = "CREATE TABLE IF NOT EXISTS " + table + " (id " + id(table) + ", made "
                + (this == MARIADB ? "timestamp(6)" : "timestamp(6) with time zone")
                + " DEFAULT CURRENT_TIMESTAMP(6) NOT NULL, source " + text + " NOT NULL, origin bigint NOT NULL,"
                + " transaction_number bigint NOT NULL, part int NOT NULL, clock_base bigint NOT NULL,"
                + " clock_offset bigint NOT NULL, payload " + bytes + " NOT NULL)" + tuning();
        String relay = "CREATE TABLE IF NOT EXISTS " + table + "_relay (id int PRIMARY KEY, instance bigint NOT NULL,"
                + " next_sequence bigint NOT NULL, holder bigint NOT NULL, held_until bigint NOT NULL, numbered "
                + bytes + " NOT NULL)";
        return this == MARIADB
                ? List.of("CREATE SEQUENCE IF NOT EXISTS " + table + "_ids", rows, relay)
                : List.of(rows, relay);
    }

    private String id(String table) {
        return this == MARIADB
                ? "bigint DEFAULT (NEXT VALUE FOR " + table + "_ids) PRIMARY KEY"
                : "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
    }

    /** A table whose rows all go soon is cleaned by what has gone, not by what share of it that was. */
    private String tuning() {
        return switch (this) {
            case POSTGRESQL -> " WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)";
            case MARIADB -> " ENGINE=InnoDB";
            case H2 -> "";
        };
    }

    /** What a user needs who may not create tables. */
    String grants(String table) {
        String sequence = this == MARIADB ? ", SELECT and INSERT on " + table + "_ids" : "";
        return "SELECT, INSERT and DELETE on " + table + ", SELECT, INSERT and UPDATE on " + table + "_relay"
                + sequence;
    }
}
