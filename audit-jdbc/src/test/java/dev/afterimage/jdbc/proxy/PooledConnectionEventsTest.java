package dev.afterimage.jdbc.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** Events name the audited connection, and a listener can be removed again. */
class PooledConnectionEventsTest {

    private final List<ConnectionEvent> events = new ArrayList<>();
    private final ConnectionEventListener listener = new ConnectionEventListener() {
        @Override
        public void connectionClosed(ConnectionEvent event) {
            events.add(event);
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            events.add(event);
        }
    };

    @Test
    void eventsNameTheAuditedConnection() throws SQLException {
        XAConnection pooled = open();
        pooled.addConnectionEventListener(listener);

        pooled.getConnection().close();

        assertThat(events)
                .singleElement()
                .extracting(ConnectionEvent::getSource)
                .isSameAs(pooled);
        pooled.close();
    }

    @Test
    void aRemovedListenerHearsNothing() throws SQLException {
        XAConnection pooled = open();
        pooled.addConnectionEventListener(listener);
        pooled.removeConnectionEventListener(listener);

        pooled.getConnection().close();

        assertThat(events).isEmpty();
        pooled.close();
    }

    @Test
    void handleAndResourceAreAudited() throws Exception {
        XAConnection pooled = open();
        XAConnection other = open();

        assertThat(pooled.getConnection()).isInstanceOf(AuditedConnection.class);
        assertThat(pooled.getXAResource()).isInstanceOf(AuditedXAResource.class).isSameAs(pooled.getXAResource());
        assertThat(pooled.getXAResource().isSameRM(pooled.getXAResource())).isTrue();
        assertThat(pooled.getXAResource().isSameRM(other.getXAResource())).isFalse();
        pooled.close();
        other.close();
    }

    @Test
    void statementEventsCarryNoRawObject() throws SQLException {
        JdbcDataSource h2 = database();
        AuditedXAConnection pooled = new AuditedXAConnection(h2.getXAConnection(), new TestAuditing());
        Connection handle = pooled.getConnection();
        PreparedStatement raw = h2.getConnection().prepareStatement("select 1");
        List<StatementEvent> heard = new ArrayList<>();
        StatementEventListener application = new StatementEventListener() {
            @Override
            public void statementClosed(StatementEvent event) {
                heard.add(event);
            }

            @Override
            public void statementErrorOccurred(StatementEvent event) {
                heard.add(event);
            }
        };
        SQLException reason = new SQLException("broken");

        new StatementEventRelay(pooled, application)
                .statementErrorOccurred(new StatementEvent(h2.getXAConnection(), raw, reason));

        assertThat(heard).singleElement().satisfies(event -> {
            assertThat(event.getSource()).isSameAs(pooled);
            assertThat(event.getStatement()).isInstanceOf(AuditedPreparedStatement.class);
            assertThat(event.getStatement().getConnection()).isSameAs(handle);
            assertThat((Throwable) event.getSQLException()).isSameAs(reason);
        });
        pooled.close();
    }

    private static XAConnection open() throws SQLException {
        XADataSource audited = new AuditedXADataSource(database(), new TestAuditing());
        return audited.getXAConnection();
    }

    private static JdbcDataSource database() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:");
        return h2;
    }
}
