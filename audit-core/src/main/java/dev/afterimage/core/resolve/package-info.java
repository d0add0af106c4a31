/**
 * The audit side's ports and its reasoning, without any database access of its own: positions of replicas, rows read
 * there, and what they prove about a change's images.
 */
@NullMarked
package dev.afterimage.core.resolve;

import org.jspecify.annotations.NullMarked;
