package dev.afterimage.jdbc.sql;

import java.util.Arrays;
import java.util.List;

/** Column names while they are gathered. Its memory is kept for the next statement. */
final class NameList {
    private String[] names = new String[16];
    private int count;

    void add(String name) {
        if (count == names.length) {
            names = Arrays.copyOf(names, count * 2);
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

    void addAllOnce(NameList others) {
        for (int i = 0; i < others.count; i++) {
            addOnce(others.names[i]);
        }
    }

    String get(int index) {
        return names[index];
    }

    void clear() {
        count = 0;
    }

    int size() {
        return count;
    }

    List<String> toList() {
        return FixedList.copyOf(names, count);
    }
}
