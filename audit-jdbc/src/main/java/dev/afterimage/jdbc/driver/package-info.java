/**
 * Ways to databases for the audit's own use: by a JDBC URL, of the configuration or of the application, or by a data source
 * of physical connections.
 */
@NullMarked
package dev.afterimage.jdbc.driver;

import org.jspecify.annotations.NullMarked;
