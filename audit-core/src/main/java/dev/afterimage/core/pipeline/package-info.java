/**
 * The background thread: takes transaction records out of the ring, asks the database for its position, makes events and
 * hands them to the sink in batches, again and again until each is delivered or refused.
 */
@NullMarked
package dev.afterimage.core.pipeline;

import org.jspecify.annotations.NullMarked;
