/**
 * The program {@code afterimage}: the dedicated audit log server, which runs consumer, resolver and store, and the commands that
 * read the trail, undo what it tells, and send what killed applications have left. Each command is a class of its own.
 */
@NullMarked
package dev.afterimage.server;

import org.jspecify.annotations.NullMarked;
