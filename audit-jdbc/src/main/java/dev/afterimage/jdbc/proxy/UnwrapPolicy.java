package dev.afterimage.jdbc.proxy;

import java.sql.SQLException;
import java.sql.Wrapper;

/**
 * Hears of every raw object that is about to leave by {@code unwrap}, and may refuse it.
 *
 * <p>What the application does with such an object is not audited. Called on the application's thread; implementations
 * must be thread-safe and must not block.
 */
@FunctionalInterface
public interface UnwrapPolicy {

    /** Lets every raw object go and tells nobody. */
    UnwrapPolicy ALLOW = type -> {};

    /**
     * Called after the driver has agreed to unwrap and before the application gets the object.
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
