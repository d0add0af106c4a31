package dev.afterimage.jmh.driver;

import java.lang.invoke.MethodHandle;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;

/** A statement that changes one row each time, or finds ten. {@link Idle} finishes it. */
abstract class IdleStatement implements PreparedStatement {

    private static final MethodHandle ROWS = Idle.constructorOf(IdleRows.class, ResultSet.class);

    private final Connection connection;
    private ResultSet open;
    private int batched;

    IdleStatement(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public int executeUpdate() {
        return 1;
    }

    @Override
    public void addBatch() {
        batched++;
    }

    @Override
    public int[] executeBatch() {
        int[] counts = new int[batched];
        Arrays.fill(counts, 1);
        batched = 0;
        return counts;
    }

    @Override
    public ResultSet executeQuery() {
        try {
            open = (ResultSet)
                    ROWS.invokeExact(); // Drivers keep it too, to close it; else the compiler would not make it.
            return open;
        } catch (Throwable t) {
            throw Idle.impossible(t);
        }
    }

    @Override
    public ResultSet getResultSet() {
        return open;
    }

    @Override
    public int getUpdateCount() {
        return -1;
    }

    @Override
    public void close() {}
}
