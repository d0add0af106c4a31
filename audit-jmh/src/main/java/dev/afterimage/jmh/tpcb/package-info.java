/**
 * What does auditing cost a real database? TPC-B-like transactions on PostgreSQL, bare, with Afterimage, and with what
 * else keeps a trail, in turns. {@link dev.afterimage.jmh.tpcb.TpcbBenchmark} is the program.
 *
 * <p>A {@link dev.afterimage.jmh.tpcb.Variant} is a way to audit; opened, it is a {@link
 * dev.afterimage.jmh.tpcb.Recording}, around which {@link dev.afterimage.jmh.tpcb.Workload} runs. {@link
 * dev.afterimage.jmh.tpcb.Measurement} makes one {@link dev.afterimage.jmh.tpcb.Sample} of it, {@link
 * dev.afterimage.jmh.tpcb.Comparison} sets samples beside those of the bare pool in the same round, and the report prints
 * that.
 */
@NullMarked
package dev.afterimage.jmh.tpcb;

import org.jspecify.annotations.NullMarked;
