package dev.afterimage.core.event;

import java.util.Objects;

/**
 * A hole in the trail that belongs to no single change: changes that were dropped, a raw connection handed out.
 *
 * @param id identity
 * @param source name of the data source
 * @param reason what kind of hole
 * @param detail one sentence for a person: what happened and where
 * @param lost how many changes or transactions are missing, as far as known; -1 where it is not
 * @param recordedAt microseconds since 1970, application clock
 * @param actor who acted when the hole came to be
 */
public record Gap(EventId id, String source, GapReason reason, String detail, long lost, long recordedAt, Actor actor)
        implements AuditEvent {
    public Gap {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(actor, "actor");
    }
}
