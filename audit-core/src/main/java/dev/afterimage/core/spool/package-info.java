/**
 * A bounded queue of events on disk, between the ring and the sink. The background thread writes and reads it; nobody
 * else touches it. As long as the sink keeps up there is no file but the lock; below a journal, through whose spool every
 * event goes, there is one segment more, which is kept to be filled.
 *
 * <h2>The directory</h2>
 *
 * <pre>
 *   spool.lock                       held by the one process that uses the directory; says how far it is
 *   00000000000000000000.spool       a segment, named after the ordinal of its first event
 *   00000000000000048213.spool
 * </pre>
 *
 * <p>Every event gets an ordinal when it is appended, dense, for as long as the directory lives. Three ordinals say
 * everything: {@code settled <= read <= end}. What lies before {@code settled} the sink has taken, or refused for good. A
 * segment is deleted when all of it is settled. What lies from {@code settled} on is read, and sent, by the next process.
 *
 * <h2>The bytes</h2>
 *
 * <p>All numbers are little-endian. A checksum is CRC32C.
 *
 * <pre>
 *  spool.lock  0          4          8                     16                    24         28
 *              +----------+----------+---------------------+---------------------+----------+
 *              | "AFSL"   | version  | settled             | end                 | checksum |    of the bytes before it
 *              +----------+----------+---------------------+---------------------+----------+
 *
 *  segment     0          4          8                     16         24         28         32
 *              +----------+----------+---------------------+----------+----------+----------+--- - -
 *              | "AFSP"   | version  | first ordinal       | salt     | checksum | 0        | records
 *              +----------+----------+---------------------+----------+----------+----------+--- - -
 *
 *  record      0          4          8          12         16              16 + length
 *              +----------+----------+----------+----------+----------------+
 *              | sync     | index    | length   | checksum | event          |   checksum: of salt, index, length, event
 *              +----------+----------+----------+----------+----------------+
 * </pre>
 *
 * <h2>What is torn or damaged</h2>
 *
 * <p>A record is believed if its checksum is right. After one that is not, reading goes on at the next place that begins
 * with the segment's sync word, the lower half of its salt. The salt is random: bytes that an application chose, and that
 * an event carries, cannot be mistaken for a record. The index of a record is its event's place in the segment, so the
 * missing ones are counted exactly. Only what a crash has cut off while it was being appended has no number.
 */
@NullMarked
package dev.afterimage.core.spool;

import org.jspecify.annotations.NullMarked;
