/** Connections to databases that the configuration names by a JDBC URL, for the audit's own use. */
@NullMarked
package dev.afterimage.jdbc.driver;

import org.jspecify.annotations.NullMarked;
