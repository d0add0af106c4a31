/** The SQL analysers that are compared, and the texts they read. */
package dev.afterimage.jmh.sql;
