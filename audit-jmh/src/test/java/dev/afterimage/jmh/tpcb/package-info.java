@NullMarked
package dev.afterimage.jmh.tpcb;

import org.jspecify.annotations.NullMarked;
