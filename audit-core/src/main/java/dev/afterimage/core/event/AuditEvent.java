package dev.afterimage.core.event;

/** Something the trail says: a change, or a gap where it does not know. */
public sealed interface AuditEvent permits Change, Gap {

    /** Identity; the same whenever the event is sent again. */
    EventId id();

    /** Name of the application's data source, as configured by {@code audit.source}. */
    String source();
}
