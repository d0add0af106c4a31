/**
 * Where events go: the interface that a transport implements. Sinks are called by the background thread only.
 */
@NullMarked
package dev.afterimage.core.sink;

import org.jspecify.annotations.NullMarked;
