package dev.afterimage.jmh;

import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * A data source with a wrapper around it.
 *
 * @param captured how many changed rows the wrapper has handed on so far, as it counts them; 0 where it hands on none.
 *     Waits until what is under way has arrived
 * @param end gives back what the wrapper holds
 */
record Rival(DataSource dataSource, LongSupplier captured, Runnable end) {

    /** Of a wrapper that hands nothing on. */
    Rival(DataSource dataSource) {
        this(dataSource, () -> 0, () -> {});
    }
}
