package dev.afterimage.jmh;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

/**
 * What every interceptor built upon {@link Proxy} pays before it does anything: each call goes through reflection, and what
 * leads back to JDBC is wrapped.
 */
final class JdkProxy {

    private JdkProxy() {}

    static <T> T around(Class<T> type, Object raw) {
        Object proxy = Proxy.newProxyInstance(
                JdkProxy.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> wrapped(invoke(raw, method, arguments)));
        return type.cast(proxy);
    }

    private static Object invoke(Object raw, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(raw, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object wrapped(Object answer) {
        if (answer instanceof ResultSet) {
            return around(ResultSet.class, answer);
        }
        if (answer instanceof PreparedStatement) {
            return around(PreparedStatement.class, answer);
        }
        return answer instanceof Connection ? around(Connection.class, answer) : answer;
    }
}
