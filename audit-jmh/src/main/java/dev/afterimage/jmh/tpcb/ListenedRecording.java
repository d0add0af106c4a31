package dev.afterimage.jmh.tpcb;

import com.zaxxer.hikari.HikariDataSource;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** A wrapper around the pool whose listener puts the statements that write into a queue. */
final class ListenedRecording implements Recording {

    private final HikariDataSource pool;
    private final DataSource dataSource;
    private final EventQueue queue;

    ListenedRecording(HikariDataSource pool, DataSource dataSource, EventQueue queue) {
        this.pool = pool;
        this.dataSource = dataSource;
        this.queue = queue;
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public OptionalLong arrived() {
        return OptionalLong.of(queue.taken());
    }

    @Override
    public OptionalLong recorded() {
        return arrived();
    }

    @Override
    public String trouble() {
        return queue.dropped() == 0 ? "" : queue.dropped() + " events dropped";
    }

    @Override
    public void close() {
        pool.close();
        queue.close();
    }
}
