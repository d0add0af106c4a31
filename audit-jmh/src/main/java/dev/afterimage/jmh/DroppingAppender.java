package dev.afterimage.jmh;

import com.p6spy.engine.logging.Category;
import com.p6spy.engine.spy.appender.P6Logger;

/** Takes p6spy's lines and drops them: made by p6spy by its class name, in spy.properties. */
public final class DroppingAppender implements P6Logger {

    @Override
    public void logSQL(
            int connection, String now, long elapsed, Category category, String prepared, String sql, String url) {}

    @Override
    public void logException(Exception e) {}

    @Override
    public void logText(String text) {}

    @Override
    public boolean isCategoryEnabled(Category category) {
        return true;
    }
}
