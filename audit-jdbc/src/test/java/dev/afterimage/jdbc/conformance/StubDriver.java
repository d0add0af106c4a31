package dev.afterimage.jdbc.conformance;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A driver whose objects record every call and answer as they are told. Not thread-safe. */
public final class StubDriver implements InvocationHandler {

    /**
     * A call that reached the driver.
     *
     * @param target the stub
     * @param method what was called
     * @param arguments with what
     */
    record Call(Object target, Method method, List<@Nullable Object> arguments) {

        @Override
        public String toString() {
            return target + "." + method.getName() + arguments;
        }
    }

    private final List<Call> calls = new ArrayList<>();
    private int objects;
    private Function<Method, @Nullable Object> behaviour = method -> Samples.of(method.getReturnType(), 0, this);
    private @Nullable Throwable failure;

    /**
     * Makes an object of this driver.
     *
     * @param <T> its interface
     * @param type its interface
     * @return a new stub, whose text is unlike any other's
     */
    public <T> T object(Class<T> type) {
        String name = "raw " + type.getSimpleName() + "#" + ++objects;
        return type.cast(Proxy.newProxyInstance(
                StubDriver.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getDeclaringClass() == Object.class
                        ? identity(name, proxy, method, arguments)
                        : invoke(proxy, method, arguments)));
    }

    /** Sets the answer to one method; all others answer samples. */
    void answer(Method method, @Nullable Object answer) {
        String name = method.getName();
        behaviour = called -> called.getName().equals(name) ? answer : Samples.of(called.getReturnType(), 0, this);
    }

    void fail(Throwable next) {
        failure = next;
    }

    List<Call> calls() {
        return calls;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        calls.add(new Call(proxy, method, arguments == null ? List.of() : Arrays.asList(arguments)));
        if (failure != null) {
            throw failure;
        }
        return method.getReturnType() == void.class ? null : behaviour.apply(method);
    }

    private static Object identity(String name, Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "toString" -> name;
            case "hashCode" -> System.identityHashCode(proxy);
            default -> arguments != null && arguments[0] == proxy;
        };
    }
}
