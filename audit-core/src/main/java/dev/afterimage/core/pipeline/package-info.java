/**
 * The background thread: takes transaction records out of the ring, asks the database for its position, makes events and
 * hands them to the sink in batches, again and again until each is delivered or refused. {@code Outlet} is the way of the
 * events to the sink: {@code Deliveries} straight, {@code Spillway} by the spool where the sink does not keep up.
 */
@NullMarked
package dev.afterimage.core.pipeline;

import org.jspecify.annotations.NullMarked;
