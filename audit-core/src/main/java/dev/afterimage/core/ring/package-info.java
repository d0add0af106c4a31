/** The lock-free ring between the application's threads and the background thread. */
@NullMarked
package dev.afterimage.core.ring;

import org.jspecify.annotations.NullMarked;
