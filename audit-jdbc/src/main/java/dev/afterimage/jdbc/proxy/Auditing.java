package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.PreparedWork;
import dev.afterimage.jdbc.capture.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Wrapper;
import org.jspecify.annotations.Nullable;

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
     * Wraps a connection that the application is about to get. One that is audited already stays as it is: two layers
     * would tell each of its changes twice.
     *
     * @param raw the driver's or the pool's connection, may be null
     * @return what the application gets, null for null
     */
    default @Nullable Connection audited(@Nullable Connection raw) {
        return raw == null || isAudited(raw) ? raw : new AuditedConnection(raw, this);
    }

    /** Whether the work of a connection is captured below it. */
    default boolean isAudited(Connection raw) {
        return raw instanceof AuditedConnection;
    }

    /** Told that the application has closed or aborted a connection; may be told again of the same one. Throws nothing. */
    default void closed() {}

    /** Whether raw objects may leave: if not, {@link #isWrapperFor} does not promise what {@link #unwrap} would refuse. */
    default boolean mayUnwrap() {
        return true;
    }

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
     * @return whether {@link #unwrap} hands out an object of that type, by the driver's word if that may be heard
     * @throws SQLException from the driver
     */
    default boolean isWrapperFor(Wrapper audited, Wrapper raw, Class<?> type) throws SQLException {
        return isOurs(audited, type) || (mayUnwrap() && raw.isWrapperFor(type));
    }

    private static boolean isOurs(Wrapper audited, Class<?> type) {
        // What null means is for the driver to say.
        return type != null && type.isInstance(audited);
    }
}
