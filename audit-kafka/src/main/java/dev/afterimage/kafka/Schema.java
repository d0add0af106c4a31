package dev.afterimage.kafka;

/** Version and header names of the record schema, see {@code SCHEMA.md}. */
final class Schema {

    /** The version that this module writes, and the newest that it reads. */
    static final int VERSION = 1;

    static final String KIND_CHANGE = "change";
    static final String KIND_GAP = "gap";

    static final String HEADER_SCHEMA = "afterimage-schema";
    static final String HEADER_KIND = "afterimage-kind";
    static final String HEADER_ID = "afterimage-id";
    static final String HEADER_TABLE = "afterimage-table";
    static final String HEADER_OPERATION = "afterimage-op";

    /** On dead letters: why, and where the record came from. */
    static final String HEADER_REASON = "afterimage-reason";

    static final String HEADER_TOPIC = "afterimage-topic";
    static final String HEADER_PARTITION = "afterimage-partition";
    static final String HEADER_OFFSET = "afterimage-offset";

    /** On dead letters whose value was too large to copy: its length in bytes. */
    static final String HEADER_OMITTED = "afterimage-omitted-bytes";

    private Schema() {}
}
