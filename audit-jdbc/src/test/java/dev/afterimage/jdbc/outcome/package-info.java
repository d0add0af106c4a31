/**
 * Tests of what the trail says against what the database kept: each case runs on PostgreSQL, MariaDB and H2, and a witness
 * inside the database, a trigger on each table, notes the row changes within the transaction that makes them.
 */
@NullMarked
package dev.afterimage.jdbc.outcome;

import org.jspecify.annotations.NullMarked;
