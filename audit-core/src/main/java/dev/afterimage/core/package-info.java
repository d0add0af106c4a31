/**
 * The façade: the running audit trail of a process, and the context that says who acts.
 */
@NullMarked
package dev.afterimage.core;

import org.jspecify.annotations.NullMarked;
