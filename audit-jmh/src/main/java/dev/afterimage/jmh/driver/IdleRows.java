package dev.afterimage.jmh.driver;

import java.sql.ResultSet;

/** Ten rows. {@link Idle} finishes it. */
abstract class IdleRows implements ResultSet {

    private static final int ROWS = 10;
    private int row;

    @Override
    public boolean next() {
        return row++ < ROWS;
    }

    @Override
    public int getInt(int column) {
        return row;
    }

    @Override
    public String getString(int column) {
        return "text";
    }

    @Override
    public void close() {}
}
