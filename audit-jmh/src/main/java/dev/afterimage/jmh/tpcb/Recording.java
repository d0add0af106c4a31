package dev.afterimage.jmh.tpcb;

import java.sql.SQLException;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** A variant at work. The data source is for many threads, all else for one. */
interface Recording extends AutoCloseable {

    /** What the application takes its connections from; they are not in autocommit. */
    DataSource dataSource();

    /** What the application itself writes beside its changes; a new one for each thread. */
    default Outbox outbox() {
        return Outbox.NONE;
    }

    /** Changes that have arrived so far, known without effort; empty where a transaction writes its own trail. */
    default OptionalLong arrived() {
        return OptionalLong.empty();
    }

    /** Changes in the trail, counted where it lies; empty where there is none. */
    OptionalLong recorded() throws SQLException;

    /** What went wrong, in a few words; empty if nothing. */
    default String trouble() {
        return "";
    }

    @Override
    void close() throws SQLException;
}
