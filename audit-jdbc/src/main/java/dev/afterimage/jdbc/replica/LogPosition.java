package dev.afterimage.jdbc.replica;

/**
 * Positions in PostgreSQL's write-ahead log, as byte offsets.
 *
 * <p>The log is made of pages; each begins with a header, a longer one at the start of a segment file. Asked where it is,
 * a primary says where its <i>next</i> record will begin, a standby where the <i>last</i> one ended. Where a record ends
 * just at the end of a page, the two differ by the header of the next page, which a standby passes only with the next
 * record. A fence must be the end of the last record, or an idle standby would never reach it.
 */
final class LogPosition {

    private static final int PAGE_HEADER = 24;
    private static final int SEGMENT_HEADER = 40;

    private LogPosition() {}

    /**
     * Where the last record before an insert position ended. No record ends just behind a header, for what follows a
     * header is at least a part of a record: so the step back cannot skip one.
     *
     * @param insert what {@code pg_current_wal_insert_lsn()} says
     * @param pageSize {@code wal_block_size}, in bytes
     * @param segmentSize {@code wal_segment_size}, in bytes
     */
    static long endOfLastRecord(long insert, long pageSize, long segmentSize) {
        if (insert % segmentSize == SEGMENT_HEADER) {
            return insert - SEGMENT_HEADER;
        }
        boolean firstPage = insert % segmentSize < pageSize;
        return !firstPage && insert % pageSize == PAGE_HEADER ? insert - PAGE_HEADER : insert;
    }
}
