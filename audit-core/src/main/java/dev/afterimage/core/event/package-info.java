/**
 * The change model: what one application did to one row (or with one statement), by whom, in which transaction, with
 * which outcome. Immutable data without behaviour beyond reading itself; depends on {@code core.table} and {@code core.value} only.
 */
@NullMarked
package dev.afterimage.core.event;

import org.jspecify.annotations.NullMarked;
