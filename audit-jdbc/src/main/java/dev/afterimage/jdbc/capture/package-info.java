/**
 * What becomes of the statements of a connection: plans, parameter values, transactions with their outcome, and their way
 * into the ring; and how statements are asked for the rows that they change. Called by the wrappers in {@code jdbc.proxy}.
 * Never throws at them, but for what a driver has thrown at an execution in that form, and where an {@code unwrap} is denied.
 */
@NullMarked
package dev.afterimage.jdbc.capture;

import org.jspecify.annotations.NullMarked;
