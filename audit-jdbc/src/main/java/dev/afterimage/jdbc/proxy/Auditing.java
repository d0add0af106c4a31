package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.PreparedWork;
import dev.afterimage.jdbc.capture.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Wrapper;

/**
 * What the wrappers of one data source have in common: where the work of a connection is captured, and what is done about
 * raw objects that leave by {@code unwrap}. Called on the application's thread; implementations must be thread-safe.
 */
public interface Auditing {

    /**
     * A session for a connection that the application is about to get.
     *
     * @param raw the driver's or the pool's connection
     */
    Session session(Connection raw);

    /** The prepared transactions of the data source. */
    PreparedWork prepared();

    /**
     * Called after the driver has agreed to unwrap and before the application gets the object: what the application
     * does with it is not seen.
     *
     * @param type the interface or class the application asked for, never null
     * @throws SQLException to refuse; the application sees this exception
     */
    void unwrapped(Class<?> type) throws SQLException;

    /**
     * Answers {@link Wrapper#unwrap} for a wrapper: itself where it has the type, else what the driver hands out.
     *
     * @param <T> the type asked for
     * @param audited the wrapper that was asked
     * @param raw the object behind it
     * @param type the type asked for
     * @return an object of that type
     * @throws SQLException from the driver, if it has no such object, or from {@link #unwrapped}
     */
    default <T> T unwrap(Wrapper audited, Wrapper raw, Class<T> type) throws SQLException {
        if (isOurs(audited, type)) {
            return type.cast(audited);
        }
        T object = raw.unwrap(type);
        unwrapped(type);
        return object;
    }

    /**
     * Answers {@link Wrapper#isWrapperFor} for a wrapper.
     *
     * @param audited the wrapper that was asked
     * @param raw the object behind it
     * @param type the type asked for
     * @return whether {@link #unwrap} finds an object of that type, by the driver's word
     * @throws SQLException from the driver
     */
    default boolean isWrapperFor(Wrapper audited, Wrapper raw, Class<?> type) throws SQLException {
        return isOurs(audited, type) || raw.isWrapperFor(type);
    }

    private static boolean isOurs(Wrapper audited, Class<?> type) {
        // What null means is for the driver to say.
        return type != null && type.isInstance(audited);
    }
}
