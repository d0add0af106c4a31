/**
 * What becomes of the statements of a connection: plans, parameter values, transactions with their outcome, and their way
 * into the ring. Called by the wrappers in {@code jdbc.proxy}; never throws at them.
 */
@NullMarked
package dev.afterimage.jdbc.capture;

import org.jspecify.annotations.NullMarked;
