/** Benchmarks named after the question they answer, with the rivals in the same class. */
package dev.afterimage.jmh;
