package dev.afterimage.jdbc.sql;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** An immutable list that is made with one copy of its elements, where {@code List.copyOf} makes two. */
final class FixedList<E> extends AbstractList<E> implements RandomAccess {
    private final E[] elements;

    private FixedList(E[] elements) {
        this.elements = elements;
    }

    /** The first {@code count} of the elements. */
    static <E> List<E> copyOf(E[] elements, int count) {
        return switch (count) {
            case 0 -> List.of();
            case 1 -> List.of(elements[0]);
            case 2 -> List.of(elements[0], elements[1]);
            default -> new FixedList<>(Arrays.copyOf(elements, count));
        };
    }

    @Override
    public E get(int index) {
        return elements[index];
    }

    @Override
    public int size() {
        return elements.length;
    }
}
