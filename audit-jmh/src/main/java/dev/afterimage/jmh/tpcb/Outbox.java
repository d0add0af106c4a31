package dev.afterimage.jmh.tpcb;

import java.sql.Connection;
import java.sql.SQLException;

/** What an application writes beside its changes where it keeps its trail itself. For one thread. */
interface Outbox {

    /** For applications that leave their trail to others. */
    Outbox NONE = new Outbox() {
        @Override
        public void changed(Connection connection, String table, String operation, long key, int delta) {}

        @Override
        public void committing(Connection connection) {}
    };

    /** A row was changed in the open transaction. */
    void changed(Connection connection, String table, String operation, long key, int delta) throws SQLException;

    /** The transaction is about to be committed. */
    void committing(Connection connection) throws SQLException;
}
