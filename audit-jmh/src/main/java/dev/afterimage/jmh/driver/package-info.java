/** A JDBC driver that does nothing, so that what is measured around it is the wrapper alone. */
package dev.afterimage.jmh.driver;
