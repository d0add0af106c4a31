/**
 * The oracle: transactions at random on real databases, and the trail held against what triggers in the database saw.
 *
 * <p>{@code Workload} makes the work, {@code Oracle} reads what the database kept, {@code Comparison} holds the two
 * together and {@code Findings} says what came of it. {@code FidelityIT} runs it all.
 */
@NullMarked
package dev.afterimage.jdbc.fidelity;

import org.jspecify.annotations.NullMarked;
