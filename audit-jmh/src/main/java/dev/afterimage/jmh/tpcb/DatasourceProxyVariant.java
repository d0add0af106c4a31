package dev.afterimage.jmh.tpcb;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;

/** datasource-proxy with a listener. */
final class DatasourceProxyVariant implements Variant {

    @Override
    public String name() {
        return "datasource-proxy";
    }

    @Override
    public Kind kind() {
        return Kind.NO_TRAIL;
    }

    @Override
    public String note() {
        return "a listener puts each write's SQL and parameters into a queue; keeps no trail, knows no outcome";
    }

    @Override
    public Recording open(Database database, Condition condition) {
        HikariDataSource pool = database.pool(condition);
        EventQueue queue = new EventQueue();
        return new ListenedRecording(
                pool,
                ProxyDataSourceBuilder.create(pool)
                        .listener(new Listener(queue))
                        .build(),
                queue);
    }

    private record Listener(EventQueue queue) implements QueryExecutionListener {

        @Override
        public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

        @Override
        public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
            if (execution.isSuccess() && execution.getMethod().getName().equals("executeUpdate")) {
                queries.forEach(queue::offer);
            }
        }
    }
}
