package dev.afterimage.jdbc.outbox;

/**
 * The two tables.
 *
 * @param name of the one with the records, as SQL wants it
 */
record OutboxTables(OutboxDialect dialect, String name) {

    String relay() {
        return name + "_relay";
    }

    String insert() {
        return "INSERT INTO " + name
                + " (source, origin, transaction_number, part, clock_base, clock_offset, payload)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)";
    }
}
