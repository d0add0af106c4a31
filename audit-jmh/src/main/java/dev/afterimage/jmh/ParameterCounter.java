package dev.afterimage.jmh;

import java.util.List;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.proxy.ParameterSetOperation;

/** Counts the executions of which datasource-proxy hands on parameters. Not thread-safe, as it need not be. */
final class ParameterCounter implements QueryExecutionListener {

    private long parameterSets;

    long parameterSets() {
        return parameterSets;
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        for (QueryInfo query : queries) {
            for (List<ParameterSetOperation> parameters : query.getParametersList()) {
                if (!parameters.isEmpty()) {
                    parameterSets++;
                }
            }
        }
    }
}
