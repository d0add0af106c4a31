package dev.afterimage.jdbc.conformance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLRecoverableException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EventListener;
import java.util.List;
import java.util.Map;
import javax.transaction.xa.XAException;
import org.jspecify.annotations.Nullable;

/** The checks of one method of one interface. */
final class MethodCheck {

    /** What a column, an out parameter, an attribute or an element may hold and what leads back to the driver. */
    private static final List<Class<?>> VALUES = List.of(
            ResultSet.class, Array.class, Blob.class, Clob.class, NClob.class, SQLXML.class, Struct.class, Ref.class);

    private final Conformance kit;
    private final Class<?> type;
    private final Method method;
    private final boolean unwraps;
    private final boolean fluent;

    MethodCheck(Conformance kit, Class<?> type, Method method) {
        this.kit = kit;
        this.type = type;
        this.method = method;
        this.unwraps = method.getName().equals("unwrap");
        this.fluent = method.getReturnType() == type && type.getSimpleName().endsWith("Builder");
    }

    void run() throws Throwable {
        forwards();
        keepsNull();
        replacesWrappersAmongArguments();
        wrapsValuesOfUnknownType();
        wrapsValuesAskedForByType();
        passesEveryException();
    }

    private void forwards() throws Throwable {
        Invocation invocation = new Invocation();
        Object answer = invocation.driverAnswers();

        Object result = invocation.run();

        invocation.reachedDriverOnce();
        if (fluent) {
            assertThat(result).isSameAs(invocation.wrapper);
        } else if (answer != null && kit.isWrapped(declaredInterface(answer))) {
            isOurs(result, answer);
        } else if (method.getReturnType().isPrimitive()) {
            assertThat(result).isEqualTo(answer);
        } else {
            assertThat(result).isSameAs(answer);
        }
    }

    private void keepsNull() throws Throwable {
        if (method.getReturnType().isPrimitive() || fluent) {
            return;
        }
        Invocation invocation = new Invocation();
        invocation.driver.answer(method, null);

        assertThat(invocation.run()).isNull();
        invocation.reachedDriverOnce();
    }

    private void replacesWrappersAmongArguments() throws Throwable {
        for (int i = 0; i < method.getParameterCount(); i++) {
            Class<?> parameter = method.getParameterTypes()[i];
            Class<?> wrapped = parameter == Object.class || parameter == Object[].class ? Array.class : parameter;
            if (!kit.isWrapped(wrapped)) {
                continue;
            }
            Invocation invocation = new Invocation();
            Object raw = invocation.driver.object(wrapped);
            Object wrapper = kit.wrap(wrapped, raw, invocation.driver);
            invocation.pass(i, inPlace(parameter, wrapper), inPlace(parameter, raw));
            Object passed = invocation.arguments[i];

            invocation.run();

            invocation.reachedDriverOnce();
            if (passed instanceof Object[] values) {
                assertThat(values).as("the application's own array").containsExactly("x", wrapper);
            }
        }
    }

    private static Object inPlace(Class<?> parameter, Object value) {
        return parameter == Object[].class ? new Object[] {"x", value} : value;
    }

    private void wrapsValuesOfUnknownType() throws Throwable {
        if (unwraps || method.getTypeParameters().length > 0) {
            return;
        }
        if (method.getReturnType() == Object.class) {
            for (Class<?> value : VALUES) {
                Invocation invocation = new Invocation();
                Object raw = invocation.driver.object(value);
                invocation.driver.answer(method, raw);
                isOurs(invocation.run(), raw);
            }
        }
        if (method.getReturnType().isAssignableFrom(Object[].class)) {
            Invocation invocation = new Invocation();
            Object raw = invocation.driver.object(Array.class);
            Object[] answer = {"x", new Object[] {raw}};
            invocation.driver.answer(method, answer);

            Object[] result = (Object[]) requireNonNull(invocation.run());

            assertThat(result[0]).isSameAs("x");
            isOurs(((Object[]) result[1])[0], raw);
            assertThat(answer[1]).as("the driver's own array").isEqualTo(new Object[] {raw});
        }
    }

    private void wrapsValuesAskedForByType() throws Throwable {
        int last = method.getParameterCount() - 1;
        if (unwraps || method.getReturnType() != Object.class || method.getTypeParameters().length == 0) {
            return;
        }
        for (Class<?> value : VALUES) {
            Invocation invocation = new Invocation();
            Object raw = invocation.driver.object(value);
            invocation.driver.answer(method, raw);
            invocation.pass(last, value, value);

            Object result = invocation.run();

            isOurs(result, raw);
            assertThat(result).isInstanceOf(value);
            invocation.reachedDriverOnce();
        }
    }

    private void passesEveryException() {
        for (Throwable failure : failures()) {
            Invocation invocation = new Invocation();
            invocation.driver.fail(failure);

            Throwable thrown = catchThrowable(invocation::run);

            assertThat(thrown).isSameAs(failure);
            assertThat(thrown.getSuppressed()).isEmpty();
            invocation.reachedDriverOnce();
        }
    }

    private List<Throwable> failures() {
        List<Throwable> failures = new ArrayList<>(
                List.of(new IllegalStateException("of the driver"), new InternalError("of the driver")));
        for (Class<?> declared : method.getExceptionTypes()) {
            if (declared == SQLException.class) {
                failures.add(new SQLException("of the driver", "23505", 7));
                failures.add(new SQLRecoverableException("of the driver", "08006"));
                failures.add(new SQLFeatureNotSupportedException("of the driver"));
            } else if (declared == SQLFeatureNotSupportedException.class) {
                failures.add(new SQLFeatureNotSupportedException("of the driver"));
            } else if (declared == SQLClientInfoException.class) {
                failures.add(new SQLClientInfoException("of the driver", Map.of()));
            } else if (declared == XAException.class) {
                failures.add(new XAException(XAException.XAER_RMFAIL));
            } else {
                throw new IllegalStateException("JDBC declares an exception without a sample: add one for " + declared);
            }
        }
        return failures;
    }

    private void isOurs(@Nullable Object result, Object raw) {
        assertThat(result).isNotNull().isNotSameAs(raw).isInstanceOf(declaredInterface(raw));
        assertThat(requireNonNull(result).getClass().getName()).startsWith("dev.afterimage.");
        boolean owner =
                raw instanceof Connection && (Statement.class.isAssignableFrom(type) || type == DatabaseMetaData.class);
        if (!owner) {
            assertThat(result).as("stands in front of the driver's answer").hasToString(raw.toString());
        }
        if (raw instanceof PreparedStatement) {
            assertThat(result).isInstanceOf(PreparedStatement.class);
        }
    }

    /** The JDBC interface of a stub, and the class of anything else. */
    private static Class<?> declaredInterface(Object answer) {
        Class<?>[] interfaces = answer.getClass().getInterfaces();
        return java.lang.reflect.Proxy.isProxyClass(answer.getClass()) ? interfaces[0] : answer.getClass();
    }

    /** One call of the method on a new wrapper in front of a new stub. */
    private final class Invocation {

        final StubDriver driver = new StubDriver();
        final Object raw = driver.object(type);
        final Object wrapper = kit.wrap(type, raw, driver);
        final @Nullable Object[] arguments = new Object[method.getParameterCount()];
        final @Nullable Object[] expected;

        Invocation() {
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = Samples.of(method.getParameterTypes()[i], i, driver);
            }
            expected = arguments.clone();
        }

        @Nullable
        Object driverAnswers() {
            Class<?> result = method.getReturnType();
            Object answer = result == void.class ? null : Samples.of(result, 0, driver);
            driver.answer(method, answer);
            return answer;
        }

        void pass(int position, Object argument, Object expectedAtDriver) {
            arguments[position] = argument;
            expected[position] = expectedAtDriver;
        }

        @Nullable
        Object run() throws Throwable {
            try {
                return method.invoke(wrapper, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getTargetException();
            }
        }

        void reachedDriverOnce() {
            // What capture asks is known to the driver without a round trip, and asked only about a statement that
            // writes.
            List<StubDriver.Call> calls = driver.calls().stream()
                    .filter(each -> each.method().equals(method) || !isCaptureQuestion(each))
                    .toList();
            assertThat(calls).as("calls that reached the driver").hasSize(1);
            StubDriver.Call call = calls.get(0);
            assertThat(call.target()).isSameAs(raw);
            assertThat(call.method().getName()).isEqualTo(method.getName());
            assertThat(call.method().getParameterTypes()).isEqualTo(method.getParameterTypes());
            for (int i = 0; i < expected.length; i++) {
                sameArgument(
                        method.getParameterTypes()[i],
                        expected[i],
                        call.arguments().get(i));
            }
        }

        private boolean isCaptureQuestion(StubDriver.Call call) {
            String asked = call.method().getName();
            boolean executes = method.getName().startsWith("execute");
            return executes && (asked.equals("getAutoCommit") || asked.equals("getUpdateCount"));
        }

        private void sameArgument(Class<?> parameter, @Nullable Object wanted, @Nullable Object actual) {
            if (EventListener.class.isAssignableFrom(parameter)) {
                // A relay, which has a test of its own.
                assertThat(actual).isInstanceOf(parameter);
            } else if (wanted instanceof Object[] values && actual instanceof Object[] others) {
                assertThat(Arrays.asList(others))
                        .usingElementComparator((a, b) -> a == b ? 0 : 1)
                        .containsExactlyElementsOf(Arrays.asList(values));
            } else if (parameter.isPrimitive()) {
                assertThat(actual).isEqualTo(wanted);
            } else {
                assertThat(actual).isSameAs(wanted);
            }
        }
    }
}
