package dev.afterimage.jmh;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;

/** Counts finished spans, and exports none. Not thread-safe, as it need not be. */
final class SpanCounter implements SpanProcessor {

    private long spans;

    long spans() {
        return spans;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        spans++;
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }
}
