package dev.afterimage.jmh.tpcb;

import com.p6spy.engine.common.PreparedStatementInformation;
import com.p6spy.engine.event.JdbcEventListener;
import com.p6spy.engine.spy.P6DataSource;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** p6spy with a listener. */
final class P6SpyVariant implements Variant {

    @Override
    public String name() {
        return "p6spy";
    }

    @Override
    public Kind kind() {
        return Kind.NO_TRAIL;
    }

    @Override
    public String note() {
        return "a listener puts each write's SQL with its values into a queue; keeps no trail, knows no outcome";
    }

    @Override
    public Recording open(Database database, Condition condition) {
        HikariDataSource pool = database.pool(condition);
        EventQueue queue = new EventQueue();
        P6DataSource spied = new P6DataSource(pool);
        spied.setJdbcEventListenerFactory(() -> new Listener(queue));
        return new ListenedRecording(pool, spied, queue);
    }

    private static final class Listener extends JdbcEventListener {
        private final EventQueue queue;

        Listener(EventQueue queue) {
            this.queue = queue;
        }

        @Override
        public void onAfterExecuteUpdate(
                PreparedStatementInformation statement, long nanos, int rows, @Nullable SQLException failure) {
            if (failure == null) {
                queue.offer(statement.getSqlWithValues());
            }
        }
    }
}
