/**
 * The ring between the application's threads and the background thread: bounded, lock-free, many producers, one
 * consumer, records of bytes. It knows nothing of what the bytes mean and uses nothing but the JDK.
 *
 * <p>{@link dev.afterimage.core.ring.RingBuffer} is the ring. {@code RingMemory} draws its control block,
 * {@code RecordHeader} a record, {@code RecordReader} is the consumer's side, and {@code ConsumerNap} says how the
 * consumer sleeps. This page explains once what the names of their methods mean.
 *
 * <h2>The words</h2>
 *
 * <p>A processor keeps its writes in a buffer before others can see them, and compiler and processor may both change the
 * order of accesses to different words. Each access states how much of that it allows:
 *
 * <dl>
 *   <dt>plain
 *   <dd>Any reordering that the thread itself cannot notice. For words of one thread, and for bytes whose visibility
 *       another access settles.
 *   <dt>opaque
 *   <dd>The access happens, whole, and the accesses to this one word keep their order. Nothing is said about other words.
 *       The ring does not use it: where it would do, acquire and release cost the same on the machines we know and spare
 *       the reader a proof.
 *   <dt>release (a write), acquire (a read)
 *   <dd>What a thread wrote before the release is seen by whoever reads the released value with acquire. On x86 these are
 *       ordinary instructions and only bind the compiler. A later read may still overtake a release.
 *   <dt>volatile
 *   <dd>Release and acquire, and besides all volatile accesses stand in one order that every thread agrees on. A write
 *       costs what a fence costs. Here only the compare-and-set of the tail, once per claim, is of this kind.
 *   <dt>full fence
 *   <dd>No access moves across it in either direction; above all, no later read overtakes an earlier write. Here on
 *       falling asleep and on a full ring.
 * </dl>
 *
 * <h2>The life of a record</h2>
 *
 * <pre>
 *   producer                                         consumer
 *   1  tail     read          acquire
 *   2  headSeen read          acquire   &lt;---------+
 *      head     read          acquire   &lt;-------+ |
 *   3  tail     compare-and-set volatile        | |
 *   4  header   CLAIMED       release           | |
 *   5  store-store fence                        | |
 *   6  payload  write         plain             | |
 *   7  header   COMMITTED     release   -------------&gt;  8  header   read     acquire
 *                                               | |     9  payload  read     plain
 *                                               | |        (the records become owned elsewhere)
 *                                               | |    10  payload, header   zeroed, plain
 *                                               +------11  head     write    release
 *                                       (headSeen is some producer's copy of 11)
 * </pre>
 *
 * <ul>
 *   <li><b>7 and 8</b> carry the payload. If the release were plain, the consumer could see the header first and read
 *       bytes of the lap before.
 *   <li><b>11 and 2</b> carry the zeroes. If they were plain, the consumer's zeroes could land on top of the next
 *       record's header and wipe it out, or a producer's claim could begin in bytes that are not zero yet. A producer
 *       that goes by {@code headSeen} alone gets them through the producer that wrote it, since that one read the head
 *       with acquire and passed it on with release.
 *   <li><b>3 and 8</b>: between the two writes of a claim its header is whatever the memory held. It holds zero, which
 *       reads as FREE. That is why the consumer zeroes, rather than the producer.
 *   <li><b>5</b> keeps the header before the payload. Only a torn ring needs it: zeroes of unknown length, left by a
 *       producer that died after 3, end at the first word that is not zero, and that must be a header.
 *   <li><b>3</b> is the only point where producers meet. The budget is checked against a head that can only be too old,
 *       so a claim that succeeds has its room; and since positions never repeat, a compare-and-set cannot succeed
 *       by accident. A claim that failed has changed nothing, so giving up needs no undoing.
 * </ul>
 *
 * <h2>Cache lines</h2>
 *
 * <p>A line that one core writes must travel to every core that reads it. The tail, the copied head, the head and the
 * consumer's own words lie on pairs of lines of their own, so that a producer meets only the other producers, at the
 * tail, and the records. It reads {@code headSeen}, which changes a few times per lap, and goes to the consumer's line
 * only when that value does not suffice, or at one of the sixteen marks of a lap. The objects on the heap have
 * final fields alone, so their lines stay shared. The consumer learns of records from their headers and does not read
 * the tail.
 *
 * <h2>Locals</h2>
 *
 * <p>A word that another thread may change is read once into a local, and the decision is made on the local. Two reads
 * of the tail are two different tails: a budget checked with one and claimed with the other would be no check.
 */
@NullMarked
package dev.afterimage.core.ring;

import org.jspecify.annotations.NullMarked;
