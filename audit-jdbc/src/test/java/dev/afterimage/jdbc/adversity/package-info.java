/**
 * What the machine may do to an audited application: no memory, no file descriptors, a full disk, an interrupt, an end in
 * the middle. The application's calls behave as with the bare driver, and what the trail cannot tell it says.
 */
@NullMarked
package dev.afterimage.jdbc.adversity;

import org.jspecify.annotations.NullMarked;
