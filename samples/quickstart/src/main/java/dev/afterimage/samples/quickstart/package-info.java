/**
 * The quick start: a brokerage office works on a real database, and its audit trail is compared with what the database
 * really committed. Begin reading at {@link dev.afterimage.samples.quickstart.QuickStart}; how an application is audited
 * shows in {@link dev.afterimage.samples.quickstart.AuditedOffice}.
 */
@NullMarked
package dev.afterimage.samples.quickstart;

import org.jspecify.annotations.NullMarked;
