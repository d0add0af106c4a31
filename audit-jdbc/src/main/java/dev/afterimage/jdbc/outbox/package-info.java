/**
 * {@code audit.durability=database}: a table in the application's database in which the record of a transaction is written
 * by the transaction itself, and the thread that brings the records to the sink and deletes them.
 *
 * <h2>Two tables</h2>
 *
 * <pre>
 *  afterimage_outbox         one row for each record, or part of a large one
 *    id                      in the order of insertion, so that of two transactions that wrote one row the first comes first
 *    made                    by the database's clock; for people
 *    source                  name of the data source in the trail
 *    origin                  number of the process start that has written it
 *    transaction_number      of that process: the same for all parts
 *    part                    from 0
 *    clock_base              the origin's clock when its System.nanoTime() was 0, in microseconds since 1970
 *    clock_offset            microseconds from the origin's clock to the database's
 *    payload                 the record, as core.codec draws it
 *
 *  afterimage_outbox_relay   one row
 *    instance                the first half of the identity of every event that comes by this table
 *    next_sequence           the first number that no event has
 *    holder, held_until      who relays, and until when, in milliseconds by the database's clock
 *    numbered                which numbers the rows of the last round have: see Numbering
 * </pre>
 *
 * <h2>One relay at a time</h2>
 *
 * <p>A lease, not a lock of a session: it needs no connection kept open, works behind a pooler of transactions, and leaves
 * no transaction open that would keep the database from cleaning up. It is asked for only when there are rows. The
 * numbers of a round are written in a transaction that fails if the lease is another's, and only then is anything sent.
 * So whoever comes next sends what was sent before under the same numbers.
 */
@NullMarked
package dev.afterimage.jdbc.outbox;

import org.jspecify.annotations.NullMarked;
