package dev.afterimage.jdbc.delegate;

import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;

/**
 * Turns what the driver returns into what the application may hold.
 *
 * <p>Every method answers null for null, throws nothing of its own, makes no JDBC call, and may be called by any thread
 * that may use the connection.
 */
public interface Outgoing {

    /**
     * Wraps a connection.
     *
     * @param raw the driver's answer, may be null
     * @return the wrapper from which the application came here
     */
    Connection connection(Connection raw);

    /**
     * Wraps a statement, with the interface ({@code PreparedStatement}, {@code CallableStatement}) it has.
     *
     * @param raw the driver's answer, may be null
     * @return a new wrapper
     */
    Statement statement(Statement raw);

    /**
     * Wraps a result set that no statement of the application made.
     *
     * @param raw the driver's answer, may be null
     * @return a new wrapper
     */
    ResultSet resultSet(ResultSet raw);

    /**
     * Wraps the connection's metadata.
     *
     * @param raw the driver's answer, may be null
     * @return the same wrapper for the same object
     */
    DatabaseMetaData metaData(DatabaseMetaData raw);

    /**
     * Wraps an array.
     *
     * @param raw the driver's answer, may be null
     * @return a new wrapper
     */
    Array array(Array raw);

    /**
     * Wraps a blob.
     *
     * @param raw the driver's answer, may be null
     * @return a new wrapper
     */
    Blob blob(Blob raw);

    /**
     * Wraps a clob; one that is an {@code NClob} stays one.
     *
     * @param raw the driver's answer, may be null
     * @return a new wrapper
     */
    Clob clob(Clob raw);

    /**
     * Wraps a national clob.
     *
     * @param raw the driver's answer, may be null
     * @return a new wrapper
     */
    NClob nClob(NClob raw);

    /**
     * Wraps an XML value.
     *
     * @param raw the driver's answer, may be null
     * @return a new wrapper
     */
    SQLXML sqlXml(SQLXML raw);

    /**
     * Wraps a reference.
     *
     * @param raw the driver's answer, may be null
     * @return a new wrapper
     */
    Ref ref(Ref raw);

    /**
     * Wraps a structured value.
     *
     * @param raw the driver's answer, may be null
     * @return a new wrapper
     */
    Struct struct(Struct raw);

    /**
     * Wraps a value of unknown type if it leads back to the driver.
     *
     * @param raw the driver's answer, may be null
     * @return a wrapper, or {@code raw} itself
     */
    Object object(Object raw);

    /**
     * Wraps a value that the application asked for by type.
     *
     * @param <T> the type
     * @param raw the driver's answer, may be null
     * @param type what the application asked for
     * @return a wrapper if {@code type} admits one, else {@code raw} itself
     * @throws SQLException if raw objects may not be handed out
     */
    <T> T object(T raw, Class<T> type) throws SQLException;

    /**
     * Wraps the elements that lead back to the driver.
     *
     * @param raw the driver's answer, may be null; never changed
     * @return {@code raw} itself if nothing in it needs a wrapper, else a copy
     */
    Object[] objects(Object[] raw);
}
