/** The public wrapper: {@link dev.afterimage.jdbc.AuditDataSource}. */
@NullMarked
package dev.afterimage.jdbc;

import org.jspecify.annotations.NullMarked;
