package dev.afterimage.jdbc.delegate;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Chooses names for parameters, which the JDK's class files do not keep: by method, position and type. */
final class ParameterNames {

    private static final Map<String, String> BY_TYPE = Map.ofEntries(
            Map.entry("boolean", "flag"),
            Map.entry("int", "number"),
            Map.entry("long", "length"),
            Map.entry("byte[]", "bytes"),
            Map.entry("char[]", "chars"),
            Map.entry("int[]", "numbers"),
            Map.entry("String", "name"),
            Map.entry("String[]", "names"),
            Map.entry("Object", "value"),
            Map.entry("Object[]", "values"),
            Map.entry("Class", "type"),
            Map.entry("Map", "types"),
            Map.entry("SQLType", "sqlType"),
            Map.entry("SQLXML", "sqlXml"),
            Map.entry("NClob", "nClob"),
            Map.entry("XAResource", "resource"),
            Map.entry("ConnectionEventListener", "listener"),
            Map.entry("StatementEventListener", "listener"));

    private ParameterNames() {}

    static List<String> of(Method method) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < method.getParameterCount(); i++) {
            String name = name(method, i);
            names.add(names.contains(name) ? name + (i + 1) : name);
        }
        return names;
    }

    private static String name(Method method, int position) {
        String type = method.getParameterTypes()[position].getSimpleName();
        if (position == 0 && type.equals("String") && takesSql(method.getName())) {
            return "sql";
        }
        if (position == 0
                && type.equals("int")
                && (method.getParameterCount() > 1 || method.getName().startsWith("get"))) {
            return "index";
        }
        if (position > 1 && type.equals("int") && method.getName().endsWith("Object")) {
            return position == 2 ? "targetType" : "scale";
        }
        if (position == 1 && isSetter(method.getName()) && (type.equals("String") || isNumber(type))) {
            return "value";
        }
        return BY_TYPE.getOrDefault(type, Character.toLowerCase(type.charAt(0)) + type.substring(1));
    }

    private static boolean takesSql(String method) {
        return method.startsWith("execute")
                || method.startsWith("prepare")
                || method.equals("addBatch")
                || method.equals("nativeSQL");
    }

    private static boolean isSetter(String method) {
        return method.startsWith("set") || method.startsWith("update");
    }

    private static boolean isNumber(String type) {
        return List.of("boolean", "byte", "short", "int", "long", "float", "double")
                .contains(type);
    }
}
