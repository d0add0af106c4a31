package dev.afterimage.core.event;

import java.util.Objects;

/**
 * The transaction to which a change belongs.
 *
 * @param number number within the instance that made it
 * @param index position of the change in its transaction, from 0
 * @param count number of changes in the transaction, told by its last change; 0 on all others
 * @param committedAt microseconds since 1970, application clock, when the commit had returned
 * @param outcome what became of it
 */
public record TransactionInfo(long number, int index, int count, long committedAt, Outcome outcome) {
    public TransactionInfo {
        Objects.requireNonNull(outcome, "outcome");
    }
}
