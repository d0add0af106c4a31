package dev.afterimage.jdbc.outcome;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A driver's object with something happening between what it does and what it answers. */
final class Intercepted {

    private Intercepted() {}

    /** What happens. */
    @FunctionalInterface
    interface Answer {
        Object given(Object answer) throws SQLException;
    }

    /** The object, with another answer of one method. */
    static Object answers(Class<?> type, Object target, String method, Answer answer) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
            try {
                @Nullable Object result = called.invoke(target, arguments);
                return called.getName().equals(method) ? answer.given(result) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
