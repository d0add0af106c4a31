/**
 * The short form of everything: each row of the tables measured in interleaved rounds, compared with the best rival
 * of the same round, and held against its goal. {@link dev.afterimage.jmh.ratio.Rows} is the place for a new row.
 */
package dev.afterimage.jmh.ratio;
