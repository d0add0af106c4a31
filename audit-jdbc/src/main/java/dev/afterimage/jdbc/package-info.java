/**
 * The two ways in: {@link dev.afterimage.jdbc.AuditDataSource} around a data source, and
 * {@link dev.afterimage.jdbc.AuditDriver} for {@code jdbc:audit:} URLs. What both use of the rest of this module they
 * share here; the rest does not know them.
 */
@NullMarked
package dev.afterimage.jdbc;

import org.jspecify.annotations.NullMarked;
