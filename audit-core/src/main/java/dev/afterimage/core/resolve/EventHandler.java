package dev.afterimage.core.resolve;

import dev.afterimage.core.event.AuditEvent;
import java.util.List;

/**
 * What a consumer does with the events it took from the log. Called by one thread at a time.
 */
public interface EventHandler {

    /**
     * Whether the event may be handled now: the replica has passed its fence, or it has none to wait for.
     *
     * @throws ReplicaUnavailableException if the replica cannot be asked; the caller tries again later
     */
    boolean isDue(AuditEvent event);

    /**
     * Handles events that are due. When it returns, they are stored.
     *
     * @throws ReplicaUnavailableException if the replica cannot be asked; nothing is stored
     * @throws StoreUnavailableException if nothing was stored, or it is not known whether; handling again is harmless
     */
    void handle(List<AuditEvent> due);
}
