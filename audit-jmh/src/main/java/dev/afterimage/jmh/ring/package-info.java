/** The rings that are compared, each behind the same small interface and driven the same way. */
package dev.afterimage.jmh.ring;
