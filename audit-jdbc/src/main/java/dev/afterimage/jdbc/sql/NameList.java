package dev.afterimage.jdbc.sql;

import java.util.Arrays;
import java.util.List;

/** Column names while they are gathered. */
final class NameList {
    private static final String[] EMPTY = {};
    private String[] names = EMPTY;
    private int count;

    void add(String name) {
        if (count == names.length) {
            names = Arrays.copyOf(names, Math.max(8, count * 2));
        }
        names[count++] = name;
    }

    void addOnce(String name) {
        for (int i = 0; i < count; i++) {
            if (names[i].equals(name)) {
                return;
            }
        }
        add(name);
    }

    void clear() {
        count = 0;
    }

    int size() {
        return count;
    }

    List<String> toList() {
        return switch (count) {
            case 0 -> List.of();
            case 1 -> List.of(names[0]);
            case 2 -> List.of(names[0], names[1]);
            default -> List.of(count == names.length ? names : Arrays.copyOf(names, count));
        };
    }
}
