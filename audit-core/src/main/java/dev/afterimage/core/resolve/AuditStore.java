package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Gap;
import java.util.List;

/** The database on its own server that keeps the history. Used by one thread at a time. */
public interface AuditStore extends AutoCloseable {

    /** Creates what is missing; harmless if nothing is, and if several do it at once. */
    void prepare();

    /**
     * Applies changes and gaps, each once, in one transaction: what was applied before is left as it is.
     *
     * @throws StoreUnavailableException if nothing was applied, or it is not known whether; the caller tries again
     */
    void apply(List<ObservedChange> changes, List<Gap> gaps);

    @Override
    void close();
}
