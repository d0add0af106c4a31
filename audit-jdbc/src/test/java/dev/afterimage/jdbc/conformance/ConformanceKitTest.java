package dev.afterimage.jdbc.conformance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The kit notices each kind of defect in a wrapper. */
class ConformanceKitTest {

    @Test
    void aFaithfulMethodPasses() {
        assertThatCode(() -> check("executeUpdate", forwarding())).doesNotThrowAnyException();
    }

    @Test
    void aMethodThatIsNotForwardedFails() {
        fails("executeLargeBatch", (raw, method, arguments) -> new long[0]);
    }

    @Test
    void aCallOfTheWrappersOwnFails() {
        fails("executeUpdate", (raw, method, arguments) -> {
            ((Statement) raw).getWarnings();
            return forward(raw, method, arguments);
        });
    }

    @Test
    void aCallForwardedTwiceFails() {
        fails("executeUpdate", (raw, method, arguments) -> {
            forward(raw, method, arguments);
            return forward(raw, method, arguments);
        });
    }

    @Test
    void aChangedArgumentFails() {
        fails("executeUpdate", (raw, method, arguments) -> {
            arguments[0] = arguments[0] + " ";
            return forward(raw, method, arguments);
        });
    }

    @Test
    void aChangedAnswerFails() {
        fails("getMaxRows", (raw, method, arguments) -> (int) forward(raw, method, arguments) + 1);
    }

    @Test
    void aWrappedExceptionFails() {
        fails("executeUpdate", (raw, method, arguments) -> {
            try {
                return forward(raw, method, arguments);
            } catch (SQLException e) {
                throw new SQLException(e.getMessage(), e.getSQLState(), e.getErrorCode(), e);
            }
        });
    }

    @Test
    void aSwallowedErrorFails() {
        fails("getMaxRows", (raw, method, arguments) -> {
            try {
                return forward(raw, method, arguments);
            } catch (InternalError e) {
                return 0;
            }
        });
    }

    @Test
    void aRawObjectThatLeavesFails() {
        fails("getConnection", forwarding());
    }

    private static void fails(String method, InvocationHandler wrapper) {
        assertThatThrownBy(() -> check(method, wrapper)).isInstanceOf(AssertionError.class);
    }

    /** Runs the kit on one method of a statement wrapper; the handler gets the raw statement as its proxy. */
    private static void check(String name, InvocationHandler wrapper) throws Throwable {
        Conformance kit = new Conformance()
                .wrapping(Statement.class, (raw, driver) -> (Statement) Proxy.newProxyInstance(
                        ConformanceKitTest.class.getClassLoader(),
                        new Class<?>[] {Statement.class},
                        (proxy, method, arguments) -> wrapper.invoke(raw, method, arguments)))
                .wrapping(Connection.class, (raw, driver) -> raw);
        for (Method method : Conformance.methods(Statement.class).toList()) {
            if (method.getName().equals(name)) {
                new MethodCheck(kit, Statement.class, method).run();
            }
        }
    }

    private static InvocationHandler forwarding() {
        return ConformanceKitTest::forward;
    }

    private static Object forward(Object raw, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(raw, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
