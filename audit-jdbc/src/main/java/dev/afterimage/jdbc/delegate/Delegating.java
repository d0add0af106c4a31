package dev.afterimage.jdbc.delegate;

/**
 * An object that stands in front of another one of the same JDBC interface.
 *
 * <p>Equality is identity. {@link #toString()} is the delegate's: applications log statements by it, and drivers read
 * arrays by it. As thread-safe as the delegate.
 */
public abstract class Delegating {

    /** For the classes that know the interface. */
    protected Delegating() {}

    /**
     * Returns the object behind this one.
     *
     * @return the delegate, never null
     */
    protected abstract Object delegate();

    /**
     * Returns the object behind a wrapper, and any other value as it is.
     *
     * @param value what the application passes to the driver, may be null
     * @return what the driver must see, null only for null
     */
    public static Object delegateOf(Object value) {
        // A test against a class, not an interface: constant time for any value.
        return value instanceof Delegating wrapper ? wrapper.delegate() : value;
    }

    /**
     * Replaces wrappers among values by the objects behind them.
     *
     * @param values what the application passes to the driver, may be null; never changed
     * @return {@code values} itself if it holds no wrapper, else a copy
     */
    public static Object[] delegatesOf(Object[] values) {
        if (values == null) {
            return null;
        }
        Object[] result = values;
        for (int i = 0; i < values.length; i++) {
            Object value = delegateOf(values[i]);
            if (value != values[i]) {
                result = result == values ? values.clone() : result;
                result[i] = value;
            }
        }
        return result;
    }

    @Override
    public String toString() {
        return delegate().toString();
    }
}
