/**
 * The audit store in a relational database: one append-only history table and one for gaps, how entries are written to
 * them, and how people read them.
 */
@NullMarked
package dev.afterimage.jdbc.store;

import org.jspecify.annotations.NullMarked;
