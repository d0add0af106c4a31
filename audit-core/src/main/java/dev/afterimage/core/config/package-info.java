/** The one table of configuration keys, and how their values are read from properties, system properties and environment. */
@NullMarked
package dev.afterimage.core.config;

import org.jspecify.annotations.NullMarked;
