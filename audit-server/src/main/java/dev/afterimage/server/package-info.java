/** The dedicated audit log server: a program that runs consumer, resolver and store. */
@NullMarked
package dev.afterimage.server;

import org.jspecify.annotations.NullMarked;
