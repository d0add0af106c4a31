package dev.afterimage.jdbc.proxy;

import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;

/**
 * Passes events on with the audited connection as their source: pools look it up among their own.
 *
 * <p>Relays of one listener are equal, so that the driver finds the one to remove.
 *
 * @param source what the application knows as the connection
 * @param listener the application's listener
 */
record ConnectionEventRelay(AuditedPooledConnection source, ConnectionEventListener listener)
        implements ConnectionEventListener {

    /** Whoever hears of it may give the connection to another thread at once: the work of the handle is settled before. */
    @Override
    public void connectionClosed(ConnectionEvent event) {
        source.handleClosed();
        listener.connectionClosed(from(event));
    }

    @Override
    public void connectionErrorOccurred(ConnectionEvent event) {
        listener.connectionErrorOccurred(from(event));
    }

    private ConnectionEvent from(ConnectionEvent event) {
        return new ConnectionEvent(source, event.getSQLException());
    }
}
