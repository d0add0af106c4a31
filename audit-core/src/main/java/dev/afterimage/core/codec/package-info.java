/**
 * Bytes that the application thread writes and the background thread reads: values, statement descriptors and
 * transaction records; and the events that the background thread keeps on disk. Nothing here blocks, and writing allocates nothing but the growth of a buffer.
 *
 * <h2>A transaction record</h2>
 *
 * <p>One record in the ring is one transaction, or a part of a large one. All numbers are little-endian. A text is its
 * UTF-8 length as an int, then the bytes.
 *
 * <pre>
 *  0        1        2                4                8
 *  +--------+--------+----------------+----------------+
 *  |version | flags  | source         | part           |    flags: 1 last part, 2 and 4 the stage, 8 concludes
 *  +--------+--------+----------------+----------------+
 *  | transaction number                                |  8
 *  | commit asked for, System.nanoTime()               | 16
 *  | commit returned, System.nanoTime()                | 24
 *  +-----------------------------------+---------------+
 *  | CRC32C of the rest; 0 not sealed  | 0             | 32
 *  +-----------------------------------+---------------+
 *  | entries                                           | 40
 *
 *  entry      type (1), length of what follows (4), then
 *    1 ACTOR      name, tenant, reason, request id: presence byte and text; attribute count, texts in pairs
 *    2 STATEMENT  completed, System.nanoTime() (8); descriptor id (8), descriptor length (4), descriptor;
 *                 row count (4), for each row: update count (8) and the value of every parameter
 *    3 RETURNED   index of the statement in the transaction (4);
 *                 column count (4), for each: role (1), name; row count (4), values row by row
 *    4 GAP        reason (1), lost (8), detail
 *    5 PATH       where the statements that follow look for tables named without a schema: text
 *
 *  value      type code (1), then by type
 *    BOOLEAN 1 | INTEGER 8 | FLOAT 4 | DOUBLE 8 | DECIMAL scale 4, length 4, unscaled big-endian
 *    STRING, EXPRESSION, OTHER text | BYTES length 4, bytes | DATE epoch day 8 | TIME nanos 8
 *    TIMESTAMP epoch second 8, nanos 4 | TIMESTAMP_WITH_ZONE the same and offset seconds 4
 *    UUID 16 | DIGEST length 8, sha256 text, prefix text | NULL, MASKED, DEFAULT nothing
 * </pre>
 *
 * <p>A descriptor travels with every statement so that a record explains itself after the process is gone. A reader
 * that has seen the descriptor's id skips its bytes.
 *
 * <p>Where changes shall outlive the process, a record is announced under its transaction's number before the commit is
 * asked for. A record of the same number then tells the outcome: one that concludes has no entries, those that were
 * announced stand; any other one replaces what was announced.
 *
 * <h2>An event</h2>
 *
 * <p>What the background thread makes of it, as it lies in the spool: all that another process needs to send it.
 *
 * <pre>
 *  event      version (1), kind (1), instance (8), sequence (8), source: text, then
 *    1 CHANGE     transaction: number (8), index (4), count (4), committed (8), outcome (1); operation (1);
 *                 table: presence byte, catalog, schema, name; key and new key: column count (4), texts in pairs;
 *                 assignments: count (4), for each: column, value; rows (8); statement; actor as above;
 *                 changed (8), clock offset (8); fence: presence byte, kind, not before (8), position (8);
 *                 gap reason (1), 0 for none, else one more than its code;
 *                 before and after: presence byte, column count (4), for each: name, presence byte and text
 *    2 GAP        reason (1), detail, lost (8), recorded (8), actor as above
 * </pre>
 */
@NullMarked
package dev.afterimage.core.codec;

import org.jspecify.annotations.NullMarked;
