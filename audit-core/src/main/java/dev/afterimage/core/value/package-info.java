/** Values as the application gave them to the database, typed. Depends on nothing. */
@NullMarked
package dev.afterimage.core.value;

import org.jspecify.annotations.NullMarked;
