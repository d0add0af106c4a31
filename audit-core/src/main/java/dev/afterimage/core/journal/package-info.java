/**
 * What outlives the process: the ring in a memory-mapped file, the mark that says how far its records have become events,
 * and what a start finds of the processes before it.
 *
 * <h2>The directory</h2>
 *
 * <pre>
 *   afterimage-spool/
 *     0/                            a place: of the first process that finds it unlocked
 *       spool.lock, *.spool         the events that are not yet delivered: see the package spool
 *       0123456789abcdef.ring       the ring of a process start, named after its instance
 *       0123456789abcdef.parked     records that were kept back for so long that the ring needed their room
 *     1/                            the place of another process on this machine
 * </pre>
 *
 * <h2>A ring file</h2>
 *
 * <p>All numbers are little-endian; a checksum is CRC32C.
 *
 * <pre>
 *        0  "AFRG" | version 4 | capacity 4 | turn 4 | instance 8 | System.nanoTime() 8 and the same moment in
 *           microseconds since 1970 8 | checksum 4 of all but the first word, which is written last
 *       64  told: an ordinal 8 | its complement 8; what was left became events that lie in the spool before it
 *     4096  data sources: count 4 | end 4 | for each: length 4, name
 *    65536  a mark: turn 8 | position 8 | sequence 8 | ordinal 8 | open 4 | checksum 4 | 0 88 | open positions 8 each
 *   229376  another: they are written in turn, the whole one with the higher turn counts
 *   393216  the ring: see the package ring; each record in it ends, or does not end, in the checksum of its own head
 * </pre>
 *
 * <p>Of the rings that are left in one place the later one has the greater turn. So they are told in the order of their
 * processes, however the machine's clock was set in between.
 *
 * <h2>Why nothing is lost, and nothing told twice</h2>
 *
 * <ol>
 *   <li>A transaction is in the ring, announced, before the database is asked to commit. So whatever has committed is there.
 *   <li>The background thread makes events of records, appends them to the spool, then writes the mark, and only then gives
 *       the ring's room back and sends. So a record is in the ring, or its events are in the spool.
 *   <li>The next start forgets what lies in the spool behind the mark, which was never sent, and makes the events again
 *       of the records that the mark calls undone. So an event that may have been sent keeps its number.
 *   <li>Of several rings in a place the last mark counts. So a ring's file stays, even with nothing to tell, as long as an
 *       older one lies beside it: whose mark would make the next start forget what was appended since.
 * </ol>
 */
@NullMarked
package dev.afterimage.core.journal;

import org.jspecify.annotations.NullMarked;
