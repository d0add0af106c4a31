package dev.afterimage.core.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every configuration key of every module: its name, the kind of its value, its default and what it means. The README's
 * table is made from here, and a test keeps the two equal.
 */
public enum Setting {
    ENABLED("audit.enabled", Kind.BOOLEAN, "true", "Whether changes are captured at all."),
    SOURCE(
            "audit.source",
            Kind.TEXT,
            "app",
            "Name of this application's database in the trail; databases behind `jdbc:audit:` URLs go by their address if none is given."),
    TABLES_INCLUDE(
            "audit.tables.include",
            Kind.PATTERNS,
            "*",
            "Tables to audit: `table` or `schema.table`, `*` for any characters."),
    TABLES_EXCLUDE("audit.tables.exclude", Kind.PATTERNS, "", "Tables not to audit, even if included."),
    COLUMNS_EXCLUDE(
            "audit.columns.exclude",
            Kind.PATTERNS,
            "",
            "Columns to leave out: `column`, `table.column` or `schema.table.column`, `*` for any characters."),
    COLUMNS_MASK(
            "audit.columns.mask",
            Kind.PATTERNS,
            "",
            "Columns whose values are hidden, while the fact that they were set is kept."),
    CAPTURE_KEYS(
            "audit.capture.keys",
            Kind.CHOICE,
            "observe",
            "observe, auto",
            "Whether a statement that does not tell its rows may be asked to return their keys; `observe` never touches the"
                    + " SQL."),
    CAPTURE_KEYS_OF(
            "audit.capture.keys.",
            Kind.CHOICE_OF,
            null,
            "observe, auto",
            "The same for some tables: `audit.capture.keys.sales.*=auto`; the longest pattern decides."),
    CAPTURE_IMAGES(
            "audit.capture.images",
            Kind.CHOICE,
            "none",
            "none, after, full",
            "Whether statements are asked to return whole rows: as they are after the change, or before it too."),
    CAPTURE_IMAGES_OF(
            "audit.capture.images.",
            Kind.CHOICE_OF,
            null,
            "none, after, full",
            "The same for some tables: `audit.capture.images.payroll=full`."),
    STATEMENT_MAX_ROWS(
            "audit.statement.max-rows",
            Kind.COUNT,
            "100000",
            "Most rows of one statement or batch that are told one by one; one with more is recorded as a whole, with its"
                    + " count."),
    VALUE_MAX_BYTES(
            "audit.value.max-bytes",
            Kind.SIZE,
            "64KiB",
            "A longer value is kept as length, SHA-256 and its beginning."),
    TRANSACTION_MAX_BYTES(
            "audit.transaction.max-bytes",
            Kind.SIZE,
            "32MiB",
            "Memory that one open transaction may hold; what is beyond it is recorded as a gap."),
    UNWRAP(
            "audit.unwrap",
            Kind.CHOICE,
            "record",
            "allow, record, deny",
            "What taking a driver's object by `unwrap` does: nothing, a gap that names the calling class, or an SQLException."),
    DURABILITY(
            "audit.durability",
            Kind.CHOICE,
            "process",
            "memory, process, disk, database",
            "What a captured change survives before the sink has it: nothing but an orderly end, the process (`kill -9`),"
                    + " the machine (power loss), or as much as the data itself, by an outbox table in your database."),
    DURABILITY_OF(
            "audit.durability.",
            Kind.CHOICE_OF,
            null,
            "memory, process, disk, database",
            "The same for some tables: `audit.durability.payroll=disk`; the strongest of a transaction's tables decides."),
    OUTBOX_TABLE(
            "audit.outbox.table",
            Kind.TEXT,
            "afterimage_outbox",
            "Table of `database`, made at the start if it is not there: `table` or `schema.table`; a second one beside it ends"
                    + " in `_relay`."),
    RING_SIZE(
            "audit.ring.size",
            Kind.SIZE,
            "16MiB",
            "Size of the ring between the application and the background thread."),
    OVERFLOW(
            "audit.overflow",
            Kind.CHOICE,
            "drop",
            "drop, block, spill, reject",
            "What happens when ring and spool have no room for more: changes are dropped, the application waits for room and then they"
                    + " are dropped, they go to a spool on disk, or a commit without room is refused."),
    OVERFLOW_WAIT(
            "audit.overflow.wait",
            Kind.DURATION,
            "100ms",
            "Longest wait of the application for room: before `block`, or `spill` with its spool full, drops, and before"
                    + " `reject` refuses."),
    SPOOL_DIRECTORY(
            "audit.spool.directory",
            Kind.TEXT,
            "afterimage-spool",
            "Directory of what outlives the process, and of `spill`. Each process takes a place of its own in it, with `memory` all of"
                    + " it; the next start with it sends what the last one could not."),
    SPOOL_MAX_SIZE("audit.spool.max-size", Kind.DISK_SIZE, "1GiB", "Most bytes of events on disk, for each process."),
    BATCH_MAX_EVENTS("audit.batch.max-events", Kind.COUNT, "2000", "Most events in one batch to the sink."),
    BATCH_IN_FLIGHT("audit.batch.in-flight", Kind.COUNT, "8", "Most batches under way to the sink at once."),
    SHUTDOWN_TIMEOUT("audit.shutdown-timeout", Kind.DURATION, "10s", "How long close() waits for the sink."),
    SINK("audit.sink", Kind.TEXT, "kafka", "The sink, by the name its provider gives."),

    KAFKA_BOOTSTRAP_SERVERS("audit.kafka.bootstrap-servers", Kind.TEXT, null, "Brokers, `host:port` with commas."),
    KAFKA_TOPIC("audit.kafka.topic", Kind.TEXT, "afterimage.changes", "Topic of the changes."),
    KAFKA_DEAD_LETTER_TOPIC(
            "audit.kafka.dead-letter-topic",
            Kind.TEXT,
            "afterimage.dead-letters",
            "Topic for records that cannot be read, with the reason in a header."),
    KAFKA_GROUP("audit.kafka.group", Kind.TEXT, "afterimage-server", "Consumer group of the audit servers."),
    KAFKA_CLIENT(
            "audit.kafka.client.",
            Kind.PREFIX,
            null,
            "Anything after the prefix goes to the Kafka clients as it is (security, for one)."),

    REPLICA_URL("audit.replica.url", Kind.TEXT, null, "JDBC URL of the replica that the server reads."),
    REPLICA_USER("audit.replica.user", Kind.TEXT, "", "User on the replica."),
    REPLICA_PASSWORD("audit.replica.password", Kind.SECRET, "", "Password on the replica."),
    REPLICA_FENCE(
            "audit.replica.fence",
            Kind.CHOICE,
            "auto",
            "auto, lsn, delay",
            "How the server knows that the replica contains a change; `auto`: by position on PostgreSQL, else by delay."),
    REPLICA_DELAY("audit.replica.delay", Kind.DURATION, "1s", "The delay, where there is no position to compare."),
    STORE_URL("audit.store.url", Kind.TEXT, null, "JDBC URL of the audit store."),
    STORE_USER("audit.store.user", Kind.TEXT, "", "User on the store."),
    STORE_PASSWORD("audit.store.password", Kind.SECRET, "", "Password on the store."),
    STORE_TABLE("audit.store.table", Kind.TEXT, "audit_history", "Name of the history table."),
    PRODUCTION_URL(
            "audit.production.url",
            Kind.TEXT,
            null,
            "JDBC URL of the audited database itself; only commands that change it or ask it what became of a transaction connect."),
    PRODUCTION_USER("audit.production.user", Kind.TEXT, "", "User on the audited database."),
    PRODUCTION_PASSWORD("audit.production.password", Kind.SECRET, "", "Password on the audited database."),
    SERVER_MAX_HELD(
            "audit.server.max-held",
            Kind.COUNT,
            "50000",
            "Changes held in memory while the replica is behind; then polling pauses."),
    SERVER_MISSING_AFTER(
            "audit.server.missing-after",
            Kind.DURATION,
            "10m",
            "How long an event may be missing while newer ones of its process have arrived; then it becomes a gap, which is taken back if it arrives after all.");

    /** What a value looks like. */
    enum Kind {
        TEXT("any text"),
        SECRET("any text"),
        BOOLEAN("true or false"),
        COUNT("a whole number from 1"),
        SIZE("a number of bytes from 1KiB to 1GiB, such as 64KiB or 16MiB"),
        DISK_SIZE("a number of bytes from 1MiB to 1TiB, such as 512MiB or 10GiB"),
        DURATION("a time up to a day, such as 100ms, 10s or 5m"),
        CHOICE("one of the listed words"),
        PATTERNS("names separated by commas"),
        PREFIX("see the Kafka documentation"),
        CHOICE_OF("one of the listed words");

        final String allowed;

        Kind(String allowed) {
            this.allowed = allowed;
        }

        /** Whether the key is the beginning of many keys. */
        boolean isPrefix() {
            return this == PREFIX || this == CHOICE_OF;
        }
    }

    private final String key;
    final Kind kind;
    final @Nullable String fallback;
    private final String allowed;
    private final String meaning;

    Setting(String key, Kind kind, @Nullable String fallback, String meaning) {
        this(key, kind, fallback, kind.allowed, meaning);
    }

    Setting(String key, Kind kind, @Nullable String fallback, String allowed, String meaning) {
        this.key = key;
        this.kind = kind;
        this.fallback = fallback;
        this.allowed = allowed;
        this.meaning = meaning;
    }

    boolean offers(String choice) {
        return List.of(allowed.split(", ")).contains(choice);
    }

    /** The key, such as {@code audit.ring.size}. */
    public String key() {
        return key;
    }

    /** What it means, one sentence in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** The value used where none is given; null where one must be given if the part that needs it is used. */
    public @Nullable String fallback() {
        return fallback;
    }

    /** What values are allowed, in words. */
    public String allowed() {
        return allowed;
    }
}
