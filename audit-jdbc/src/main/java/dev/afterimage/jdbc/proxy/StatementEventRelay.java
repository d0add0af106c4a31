package dev.afterimage.jdbc.proxy;

import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;

/**
 * Passes events on with the audited connection as their source.
 *
 * <p>The statement of an event has a wrapper of its own, equal to no other: JDBC gives no way back from a driver's
 * statement to the wrapper that the application holds.
 *
 * <p>Relays of one listener are equal, so that the driver finds the one to remove.
 *
 * @param source what the application knows as the connection
 * @param listener the application's listener
 */
record StatementEventRelay(AuditedPooledConnection source, StatementEventListener listener)
        implements StatementEventListener {

    @Override
    public void statementClosed(StatementEvent event) {
        listener.statementClosed(from(event));
    }

    @Override
    public void statementErrorOccurred(StatementEvent event) {
        listener.statementErrorOccurred(from(event));
    }

    private StatementEvent from(StatementEvent event) {
        return new StatementEvent(source, source.audited(event.getStatement()), event.getSQLException());
    }
}
