/** Undo and redo on every database, from capture to the trail and back to production. */
@NullMarked
package dev.afterimage.jdbc.undo;

import org.jspecify.annotations.NullMarked;
