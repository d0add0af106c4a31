/**
 * The conformance kit: asks of any set of JDBC wrappers, by reflection over every method of their interfaces, whether
 * they behave as the bare driver does and let no object of the driver out.
 */
@NullMarked
package dev.afterimage.jdbc.conformance;

import org.jspecify.annotations.NullMarked;
