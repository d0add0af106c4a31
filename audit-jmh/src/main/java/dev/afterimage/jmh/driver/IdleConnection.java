package dev.afterimage.jmh.driver;

import java.lang.invoke.MethodHandle;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.Statement;

/** A connection in a transaction that never ends otherwise than by {@code commit()}. {@link Idle} finishes it. */
abstract class IdleConnection implements Connection {

    private static final MethodHandle STATEMENT =
            Idle.constructorOf(IdleStatement.class, PreparedStatement.class, Connection.class);
    private static final MethodHandle META_DATA = Idle.constructorOf(IdleMetaData.class, DatabaseMetaData.class);

    private PreparedStatement open;

    @Override
    public PreparedStatement prepareStatement(String sql) {
        return statement();
    }

    @Override
    public Statement createStatement() {
        return statement();
    }

    private PreparedStatement statement() {
        try {
            open = (PreparedStatement) STATEMENT.invokeExact((Connection) this);
            return open;
        } catch (Throwable t) {
            throw Idle.impossible(t);
        }
    }

    @Override
    public DatabaseMetaData getMetaData() {
        try {
            return (DatabaseMetaData) META_DATA.invokeExact();
        } catch (Throwable t) {
            throw Idle.impossible(t);
        }
    }

    /** A pool asks for it. */
    @Override
    public boolean isValid(int timeout) {
        return true;
    }

    @Override
    public int getTransactionIsolation() {
        return TRANSACTION_READ_COMMITTED;
    }

    @Override
    public void commit() {}

    @Override
    public void close() {}
}
