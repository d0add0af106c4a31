/**
 * Undo and redo: statements that bring rows back to what they were before some changes of the trail. Reads the history by
 * {@link dev.afterimage.jdbc.store}, looks at tables as {@link dev.afterimage.jdbc.replica} does, and writes by whatever
 * data source it is given: an audited one, so that the undo is in the trail too.
 */
@NullMarked
package dev.afterimage.jdbc.undo;

import org.jspecify.annotations.NullMarked;
