package dev.afterimage.jdbc.replica;

import java.util.Locale;

/** Database products that are told apart here, with the queries for their clock and position. */
enum Product {
    POSTGRESQL(
            "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint",
            "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint,"
                    + " (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint,"
                    + " current_setting('wal_block_size')::bigint,"
                    + " pg_size_bytes(current_setting('wal_segment_size'))"),
    MARIADB("SELECT CAST(UNIX_TIMESTAMP(SYSDATE(6)) * 1000000 AS SIGNED)"),
    H2("SELECT DATEDIFF(MICROSECOND, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z', CURRENT_TIMESTAMP(9))"),
    OTHER("SELECT CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000000 AS BIGINT)");

    /** Yields the database's clock, in microseconds since 1970. */
    final String clockQuery;

    /** Yields the clock, then what is needed for a position. */
    final String fenceQuery;

    Product(String clockQuery) {
        this(clockQuery, clockQuery);
    }

    Product(String clockQuery, String fenceQuery) {
        this.clockQuery = clockQuery;
        this.fenceQuery = fenceQuery;
    }

    static Product of(String productName) {
        String name = productName.toLowerCase(Locale.ROOT);
        if (name.contains("postgres")) {
            return POSTGRESQL;
        }
        if (name.contains("mariadb") || name.contains("mysql")) {
            return MARIADB;
        }
        return name.equals("h2") ? H2 : OTHER;
    }
}
