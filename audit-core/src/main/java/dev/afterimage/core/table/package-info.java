/**
 * Names and shapes of audited tables: what a table is called, which columns identify a row, and how a value of a column
 * is written as text. Knows neither JDBC connections nor any database product.
 */
@NullMarked
package dev.afterimage.core.table;

import org.jspecify.annotations.NullMarked;
