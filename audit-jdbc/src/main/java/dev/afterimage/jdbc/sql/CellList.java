package dev.afterimage.jdbc.sql;

import java.util.Arrays;

/** Value sources while they are gathered; see {@link Cell}. */
final class CellList {
    private static final long[] EMPTY = {};
    private long[] cells = EMPTY;
    int count;

    void add(long cell) {
        if (count == cells.length) {
            cells = Arrays.copyOf(cells, Math.max(8, count * 2));
        }
        cells[count++] = cell;
    }

    long[] toArray() {
        return count == cells.length ? cells : Arrays.copyOf(cells, count);
    }
}
