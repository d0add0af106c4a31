/**
 * The background thread: takes transaction records out of the ring, asks the database for its position, makes events and
 * hands them to the sink in batches, again and again until each is delivered or refused. {@code Outlet} is the way of the
 * events to the sink: {@code Deliveries} straight, {@code Spillway} by the spool, which with a journal is everybody's way, and
 * else that of events with which the sink does not keep up. With a journal {@code Undone} knows the records that are not yet
 * events, and {@code Leftovers} brings what earlier processes have left. A {@code Courier} makes and sends the events of
 * records that lie elsewhere, such as in an outbox.
 */
@NullMarked
package dev.afterimage.core.pipeline;

import org.jspecify.annotations.NullMarked;
