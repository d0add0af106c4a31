/**
 * The audit store in a relational database: one append-only history table and one for gaps, how entries are written to
 * them, how far each process start is complete and what is missing, and how people read all that: by questions and by typed
 * views.
 */
@NullMarked
package dev.afterimage.jdbc.store;

import org.jspecify.annotations.NullMarked;
