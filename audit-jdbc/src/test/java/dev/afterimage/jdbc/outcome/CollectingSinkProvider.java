package dev.afterimage.jdbc.outcome;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.sink.SinkProvider;

/** Ends trails that configuration alone has started, {@code audit.sink=collecting}, in the sink of the running test. */
public final class CollectingSinkProvider implements SinkProvider {

    private static volatile CollectingSink current = new CollectingSink();

    /** A new sink for the trail that starts next. */
    static CollectingSink renew() {
        CollectingSink renewed = new CollectingSink();
        current = renewed;
        return renewed;
    }

    @Override
    public String name() {
        return "collecting";
    }

    @Override
    public Sink create(AuditConfiguration configuration) {
        return current;
    }
}
