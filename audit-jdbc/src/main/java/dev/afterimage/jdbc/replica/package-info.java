/**
 * What the audit reads of databases that are not its own: the production database's position and clock, the shape of
 * tables, and rows on a replica. Every connection is the audit's own and only reads.
 */
@NullMarked
package dev.afterimage.jdbc.replica;

import org.jspecify.annotations.NullMarked;
