package dev.afterimage.jdbc.delegate;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes types by their simple names and remembers what must be imported for it. */
final class TypeNames {

    private final String packageName;
    private final Set<String> imports = new TreeSet<>();

    TypeNames(String packageName) {
        this.packageName = packageName;
    }

    String of(Type type) {
        if (type instanceof Class<?> c) {
            return ofClass(c);
        }
        if (type instanceof ParameterizedType p) {
            return of(p.getRawType())
                    + Arrays.stream(p.getActualTypeArguments())
                            .map(this::of)
                            .collect(Collectors.joining(", ", "<", ">"));
        }
        if (type instanceof GenericArrayType a) {
            return of(a.getGenericComponentType()) + "[]";
        }
        if (type instanceof WildcardType || type instanceof TypeVariable<?>) {
            return type.getTypeName();
        }
        throw new IllegalArgumentException("Cannot write type=" + type);
    }

    private String ofClass(Class<?> type) {
        if (type.isArray()) {
            return ofClass(type.getComponentType()) + "[]";
        }
        if (!type.isPrimitive()) {
            importing(type.getName());
        }
        return type.getSimpleName();
    }

    void importing(String className) {
        String from = className.substring(0, className.lastIndexOf('.'));
        if (!from.equals("java.lang") && !from.equals(packageName)) {
            imports.add(className);
        }
    }

    String imports() {
        return imports.stream().map(name -> "import " + name + ";\n").collect(Collectors.joining());
    }
}
