/** Counters of the pipeline. */
@NullMarked
package dev.afterimage.core.metrics;

import org.jspecify.annotations.NullMarked;
