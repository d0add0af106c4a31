package dev.afterimage.jdbc.conformance;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;

/**
 * Checks wrappers against their interfaces; told how to wrap each, it makes a test for every method.
 *
 * <p>For each method: the driver gets the call once, with the same arguments, wrappers among them replaced by what they
 * wrap, and no other call; the answer comes back the same, or wrapped if it leads back to the driver; null stays null;
 * whatever the driver throws arrives as the same instance. A method that a new JDK adds is a method not forwarded.
 */
public final class Conformance {

    private final Map<Class<?>, BiFunction<Object, StubDriver, Object>> factories = new LinkedHashMap<>();

    /**
     * Names the way to wrap an interface.
     *
     * @param <T> the interface
     * @param type the interface
     * @param factory makes the wrapper of a raw object; further raw objects that it needs come from the driver
     * @return this
     */
    public <T> Conformance wrapping(Class<T> type, BiFunction<T, StubDriver, ? extends T> factory) {
        factories.put(type, (raw, driver) -> factory.apply(type.cast(raw), driver));
        return this;
    }

    /**
     * Makes the tests.
     *
     * @return a container for each interface, with a test for each method
     */
    public Stream<DynamicNode> tests() {
        return factories.keySet().stream().map(this::tests);
    }

    private DynamicContainer tests(Class<?> type) {
        return dynamicContainer(
                type.getName(),
                methods(type)
                        .map(method -> dynamicTest(name(method), () -> new MethodCheck(this, type, method).run())));
    }

    /**
     * Returns the interfaces that have a factory.
     *
     * @return in the order in which they were named
     */
    public Set<Class<?>> interfaces() {
        return factories.keySet();
    }

    /**
     * Says what is covered.
     *
     * @return one line, with the number of methods by interface
     */
    public String summary() {
        List<String> parts = factories.keySet().stream()
                .map(type -> type.getSimpleName() + " " + methods(type).count())
                .toList();
        long total = factories.keySet().stream().flatMap(Conformance::methods).count();
        return "conformance: " + total + " methods of " + parts.size() + " interfaces (" + String.join(", ", parts)
                + "), JDK " + Runtime.version().feature();
    }

    Object wrap(Class<?> type, Object raw, StubDriver driver) {
        BiFunction<Object, StubDriver, Object> factory = factories.get(type);
        if (factory == null) {
            throw new IllegalStateException("No factory for interface=" + type.getName());
        }
        return factory.apply(raw, driver);
    }

    boolean isWrapped(Class<?> type) {
        return factories.containsKey(type);
    }

    static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparing(Conformance::name));
    }

    private static String name(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", method.getName() + "(", ")"));
    }
}
