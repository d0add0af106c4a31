package dev.afterimage.jdbc.delegate;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.transaction.xa.XAResource;

/**
 * The source of one delegating class.
 *
 * @param type the JDBC interface
 * @param packageName where the class lives
 * @param parent the simple name of its superclass
 * @param covered the interfaces whose methods the superclass forwards
 * @param context further constructor parameters, handed to the superclass: type and name in turn
 * @param outgoing whether results that lead back to the driver pass through {@link Outgoing}
 */
record DelegateClass(
        Class<?> type,
        String packageName,
        String parent,
        List<Class<?>> covered,
        List<String> context,
        boolean outgoing) {

    static final String DELEGATE_PACKAGE = "dev.afterimage.jdbc.delegate";

    private static final Map<Class<?>, String> OUTGOING = Map.ofEntries(
            Map.entry(Connection.class, "connection"),
            Map.entry(Statement.class, "statement"),
            Map.entry(ResultSet.class, "resultSet"),
            Map.entry(DatabaseMetaData.class, "metaData"),
            Map.entry(Array.class, "array"),
            Map.entry(Blob.class, "blob"),
            Map.entry(Clob.class, "clob"),
            Map.entry(NClob.class, "nClob"),
            Map.entry(SQLXML.class, "sqlXml"),
            Map.entry(Ref.class, "ref"),
            Map.entry(Struct.class, "struct"),
            Map.entry(Object.class, "object"),
            Map.entry(Object[].class, "objects"));

    private static final Set<Class<?>> INCOMING = Set.of(
            Array.class, Blob.class, Clob.class, NClob.class, SQLXML.class, Ref.class, Struct.class, XAResource.class);

    /** An interface alone in front of its delegate. */
    static DelegateClass of(Class<?> type, boolean outgoing) {
        return new DelegateClass(type, DELEGATE_PACKAGE, "Delegating", List.of(), List.of(), outgoing);
    }

    String name() {
        return "Delegating" + type.getSimpleName();
    }

    String source() {
        TypeNames names = new TypeNames(packageName);
        String body =
                header(names) + methods().stream().map(m -> method(m, names)).collect(Collectors.joining("\n")) + "}\n";
        return "package " + packageName + ";\n\n" + names.imports() + "\n" + body;
    }

    private List<Method> methods() {
        Set<String> done = covered.stream()
                .flatMap(c -> Arrays.stream(c.getMethods()))
                .map(DelegateClass::signature)
                .collect(Collectors.toSet());
        return Arrays.stream(type.getMethods())
                .filter(m -> !Modifier.isStatic(m.getModifiers()))
                .filter(m -> !done.contains(signature(m)))
                .sorted(Comparator.comparing(Method::getName)
                        .thenComparing(Method::getParameterCount)
                        .thenComparing(DelegateClass::signature))
                .toList();
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    private String header(TypeNames names) {
        boolean root = packageName.equals(DELEGATE_PACKAGE);
        String interfaceName = names.of(type);
        names.importing("javax.annotation.processing.Generated");
        if (!root) {
            names.importing("org.jspecify.annotations.NullUnmarked");
        }
        List<String> parameters = new ArrayList<>(List.of(interfaceName + " delegate"));
        List<String> arguments = new ArrayList<>(parent.equals("Delegating") ? List.of() : List.of("delegate"));
        for (int i = 0; i < context.size(); i += 2) {
            parameters.add(context.get(i) + " " + context.get(i + 1));
            arguments.add(context.get(i + 1));
            if (context.get(i).startsWith("@Nullable ")) {
                names.importing("org.jspecify.annotations.Nullable");
            }
        }
        return """
                /** Forwards every method of {@link %1$s} to a delegate. */
                @Generated("dev.afterimage.jdbc.delegate.DelegateSources")
                %2$sclass %3$s extends %4$s implements %1$s {

                    private final %1$s delegate;

                    %5$s%3$s(%6$s) {
                        super(%7$s);
                        this.delegate = delegate;
                    }

                    @Override
                    protected %1$s delegate() {
                        return delegate;
                    }

                """.formatted(
                                interfaceName,
                                root ? "public abstract " : "@NullUnmarked\nabstract ",
                                name(),
                                parent,
                                root ? "protected " : "",
                                String.join(", ", parameters),
                                String.join(", ", arguments))
                + outgoingHook(root)
                + besideHook(interfaceName)
                + delegateOf(interfaceName);
    }

    private String besideHook(String interfaceName) {
        return type == PreparedStatement.class ? """
                    /** Returns a second delegate that is bound the same values; null where there is none. */
                    abstract %1$s beside();

                """.formatted(interfaceName) : "";
    }

    private String outgoingHook(boolean root) {
        boolean declared = outgoing && root && parent.equals("Delegating");
        return declared ? """
                    /** Returns what wraps the driver's answers. */
                    protected abstract Outgoing outgoing();

                """ : "";
    }

    private String delegateOf(String interfaceName) {
        return INCOMING.contains(type) ? """
                    /** Returns the object behind a wrapper, and any other object, or null, as it is. */
                    public static %1$s delegateOf(%1$s value) {
                        return value instanceof %2$s wrapper ? wrapper.delegate() : value;
                    }

                """.formatted(interfaceName, name()) : "";
    }

    private String method(Method method, TypeNames names) {
        List<String> parameters = ParameterNames.of(method);
        Type[] types = method.getGenericParameterTypes();
        List<String> declared = new ArrayList<>();
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            declared.add(names.of(types[i]) + " " + parameters.get(i));
            arguments.add(incoming(method.getParameterTypes()[i], parameters.get(i), names));
        }
        String call = "delegate." + method.getName() + "(" + String.join(", ", arguments) + ")";
        return (method.isAnnotationPresent(Deprecated.class) ? "    @Deprecated\n" : "")
                + "    @Override\n    public " + typeVariables(method, names) + names.of(method.getGenericReturnType())
                + " "
                + method.getName() + "(" + String.join(", ", declared) + ")" + exceptions(method, names) + " {\n"
                + statements(method, call, parameters) + "    }\n";
    }

    private static String typeVariables(Method method, TypeNames names) {
        TypeVariable<Method>[] variables = method.getTypeParameters();
        return variables.length == 0
                ? ""
                : Arrays.stream(variables)
                        .map(variable -> variable.getName() + bound(variable.getBounds()[0], names))
                        .collect(Collectors.joining(", ", "<", "> "));
    }

    private static String bound(Type bound, TypeNames names) {
        return bound == Object.class ? "" : " extends " + names.of(bound);
    }

    private static String exceptions(Method method, TypeNames names) {
        Class<?>[] exceptions = method.getExceptionTypes();
        return exceptions.length == 0
                ? ""
                : Arrays.stream(exceptions).map(names::of).collect(Collectors.joining(", ", " throws ", ""));
    }

    private String incoming(Class<?> parameterType, String parameter, TypeNames names) {
        if (parameterType == Object[].class) {
            return "delegatesOf(" + parameter + ")";
        }
        if (parameterType == Object.class) {
            return "delegateOf(" + parameter + ")";
        }
        if (INCOMING.contains(parameterType)) {
            names.importing(DELEGATE_PACKAGE + ".Delegating" + parameterType.getSimpleName());
            return "Delegating" + parameterType.getSimpleName() + ".delegateOf(" + parameter + ")";
        }
        return parameter;
    }

    private boolean binds(Method method) {
        return type == PreparedStatement.class
                && (method.getName().startsWith("set") || method.getName().equals("clearParameters"));
    }

    private static String beside(String call) {
        return "        if (beside() != null) {\n            " + call.replace("delegate.", "beside().")
                + ";\n        }\n";
    }

    private String statements(Method method, String call, List<String> parameters) {
        Class<?> result = method.getReturnType();
        if (result == void.class) {
            return "        " + call + ";\n" + (binds(method) ? beside(call) : "");
        }
        if (result == type && type.getSimpleName().endsWith("Builder")) {
            return "        " + call + ";\n        return this;\n";
        }
        if (!outgoing || !OUTGOING.containsKey(result) || method.getName().equals("unwrap")) {
            return "        return " + call + ";\n";
        }
        String type = method.getTypeParameters().length > 0 ? ", " + parameters.get(parameters.size() - 1) : "";
        return "        return outgoing()." + OUTGOING.get(result) + "(" + call + type + ");\n";
    }
}
