package dev.afterimage.jmh;

import com.p6spy.engine.logging.Category;
import com.p6spy.engine.spy.appender.P6Logger;

/**
 * Takes p6spy's lines, counts those with a statement in them, and drops them. Made by p6spy, by its class name in
 * spy.properties. Not thread-safe: a counter shared by threads would cost p6spy more than it needs to.
 */
public final class CountingAppender implements P6Logger {

    private long statements;

    /** Lines so far that had a statement with its values. */
    long statements() {
        return statements;
    }

    @Override
    public void logSQL(
            int connection, String now, long elapsed, Category category, String prepared, String sql, String url) {
        if (!sql.isEmpty()) {
            statements++;
        }
    }

    @Override
    public void logException(Exception e) {}

    @Override
    public void logText(String text) {}

    @Override
    public boolean isCategoryEnabled(Category category) {
        return true;
    }
}
