package dev.afterimage.jdbc.sql;

import java.util.Arrays;

/** Value sources while they are gathered; see {@link Cell}. Its memory is kept for the next statement. */
final class CellList {
    private long[] cells = new long[16];
    int count;

    void add(long cell) {
        if (count == cells.length) {
            cells = Arrays.copyOf(cells, count * 2);
        }
        cells[count++] = cell;
    }

    long get(int index) {
        return cells[index];
    }

    void clear() {
        count = 0;
    }

    long[] toArray() {
        return count == 0 ? TableWrite.NO_CELLS : Arrays.copyOf(cells, count);
    }
}
