package dev.afterimage.jmh.sql;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Bytes of a graph of objects, as HotSpot lays them out with compressed references: a header of 12 bytes, 16 for an
 * array, everything a multiple of 8. An object is counted once, in the first graph it is found in; so what all graphs
 * share, constants, counts for nothing in the long run.
 */
public final class Footprint {

    private static final int HEADER = 12;
    private static final int ARRAY_HEADER = 16;
    private static final int REFERENCE = 4;
    private static final int STRING = 24;
    private static final int LIST = 24;
    private static final int LIST_WITHOUT_ARRAY = 2;

    private final Set<Object> counted = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * Counts what was not counted before.
     *
     * @param root where the graph begins
     * @param given what it refers to and does not own
     */
    public long of(Object root, Object given) {
        counted.add(given);
        return count(root);
    }

    private long count(Object object) {
        if (object == null || object instanceof Enum<?> || !counted.add(object)) {
            return 0;
        }
        if (object instanceof String text) {
            boolean latin = text.chars().allMatch(c -> c < 256);
            return STRING + aligned(ARRAY_HEADER + (long) text.length() * (latin ? 1 : 2));
        }
        if (object instanceof List<?> list) {
            return list(list);
        }
        return object.getClass().isArray() ? array(object) : instance(object);
    }

    /** The JDK's immutable lists keep up to two elements in fields, more in an array. */
    private long list(List<?> list) {
        long bytes = LIST;
        if (list.size() > LIST_WITHOUT_ARRAY) {
            bytes += aligned(ARRAY_HEADER + (long) REFERENCE * list.size());
        }
        for (Object element : list) {
            bytes += count(element);
        }
        return bytes;
    }

    private long array(Object array) {
        int length = Array.getLength(array);
        Class<?> type = array.getClass().getComponentType();
        long bytes = aligned(ARRAY_HEADER + (long) size(type) * length);
        for (int i = 0; i < length && !type.isPrimitive(); i++) {
            bytes += count(Array.get(array, i));
        }
        return bytes;
    }

    private long instance(Object object) {
        long own = HEADER;
        long others = 0;
        for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    own += size(field.getType());
                    others += field.getType().isPrimitive() ? 0 : count(read(field, object));
                }
            }
        }
        return aligned(own) + others;
    }

    private static Object read(Field field, Object object) {
        field.setAccessible(true);
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int size(Class<?> type) {
        if (type == long.class || type == double.class) {
            return Long.BYTES;
        }
        if (type == byte.class || type == boolean.class) {
            return Byte.BYTES;
        }
        return type == short.class || type == char.class ? Short.BYTES : REFERENCE;
    }

    private static long aligned(long bytes) {
        return (bytes + 7) & -8;
    }
}
