package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.CapturePlan;
import dev.afterimage.jdbc.capture.Parameters;
import dev.afterimage.jdbc.capture.RowRequest;
import dev.afterimage.jdbc.capture.Session;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement that keeps what is bound to it until it is executed. The setters hand the value to the driver
 * first: what the driver refuses was not bound.
 */
class AuditedPreparedStatement extends DelegatingPreparedStatement {

    private final @Nullable String sql;
    private final Session session;
    private final CapturePlan plan;
    private final @Nullable Parameters parameters;
    private final boolean keysRequested;
    private final @Nullable RowRequest request;
    private final @Nullable AskingStatement asking;

    /**
     * Wraps a prepared statement.
     *
     * @param sql the text as the application gave it; null for a statement that the driver prepared for itself
     * @param plan of the text
     * @param keysRequested whether the application has asked for generated keys
     * @param request by which the audit has asked for the rows; null where it has not
     */
    AuditedPreparedStatement(
            PreparedStatement delegate,
            AuditedConnection connection,
            @Nullable String sql,
            CapturePlan plan,
            boolean keysRequested,
            @Nullable RowRequest request) {
        super(delegate, connection);
        this.sql = sql;
        this.session = connection.session();
        this.plan = plan;
        this.parameters = session.capture().parameters(plan);
        this.keysRequested = keysRequested;
        this.request = request;
        this.asking = request == null ? null : AskingStatement.of(delegate, session, request);
    }

    AuditedPreparedStatement(PreparedStatement delegate, AuditedConnection connection, @Nullable String sql) {
        this(delegate, connection, sql, connection.session().capture().plan(sql), false, null);
    }

    /** The text as the application gave it; null for a statement that the driver prepared for itself. */
    @Override
    final @Nullable String sql() {
        return sql;
    }

    @Override
    final boolean isAskedForRows() {
        return request != null && !request.standsBeside();
    }

    @Override
    final @Nullable PreparedStatement beside() {
        return asking == null ? null : asking.bound();
    }

    @Override
    final Statement answering() {
        return asking == null ? delegate() : asking.answering();
    }

    /** The statement of the driver for an execution that may ask. */
    private PreparedStatement choose() {
        return asking == null ? delegate() : asking.choose();
    }

    /** The statement of the driver for an execution that does not. */
    private PreparedStatement own() {
        return asking == null ? delegate() : asking.chooseOwn();
    }

    /** The request, if the chosen statement makes it. */
    private @Nullable RowRequest asked() {
        boolean own = asking == null || !asking.isAnswering();
        return request != null && request.standsBeside() && own ? null : request;
    }

    /** A statement that returns no rows has no metadata, and the application has not asked for rows. */
    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        ResultSetMetaData raw = super.getMetaData(); // In any case: the database may refuse the text.
        return request != null && request.changesText() ? null : raw;
    }

    @Override
    public String toString() {
        return request == null ? super.toString() : request.undone(super.toString());
    }

    @Override
    public int executeUpdate() throws SQLException {
        if (plan.isInert()) {
            return delegate().executeUpdate();
        }
        forgetLast();
        PreparedStatement raw = choose();
        RowRequest asked = asked();
        boolean doomed = session.isDoomed(plan);
        session.capture().admission().execution(session, plan, parameters, doomed);
        long begun = session.begin(plan, parameters);
        int count;
        try {
            count = asked == null ? raw.executeUpdate() : RowRequest.unlimited(raw, raw::executeUpdate);
        } catch (SQLException | RuntimeException | Error e) {
            session.failed(plan, parameters, begun, e);
            throw e;
        }
        executed(plan, parameters, count, begun, doomed, keysRequested, asked);
        return count;
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        session.large();
        PreparedStatement raw = choose();
        RowRequest asked = asked();
        return update(
                plan,
                parameters,
                keysRequested,
                asked,
                asked == null ? raw::executeLargeUpdate : () -> RowRequest.unlimited(raw, raw::executeLargeUpdate));
    }

    @Override
    public boolean execute() throws SQLException {
        PreparedStatement raw = choose();
        RowRequest asked = asked();
        return execute(
                plan,
                parameters,
                keysRequested,
                asked,
                asked == null ? raw::execute : () -> RowRequest.unlimited(raw, raw::execute));
    }

    @Override
    public @Nullable ResultSet executeQuery() throws SQLException {
        if (plan.isInert()) {
            return result(delegate().executeQuery());
        }
        return query(plan, parameters, own()::executeQuery);
    }

    @Override
    public void addBatch() throws SQLException {
        delegate().addBatch();
        if (asking != null) {
            asking.batched();
        }
        if (parameters != null) {
            parameters.addBatch();
            plan.batched();
        }
    }

    @Override
    public void clearBatch() throws SQLException {
        super.clearBatch();
        if (parameters != null) {
            parameters.clearBatch();
        }
    }

    @Override
    public int[] executeBatch() throws SQLException {
        if (parameters == null) {
            return super.executeBatch();
        }
        forgetLast();
        session.capture().admission().batch(session, plan, parameters);
        parameters.beginBatch();
        long begun = session.begin(plan, null);
        try {
            int[] counts = own().executeBatch();
            session.executedBatch(plan, parameters, counts, begun);
            session.conclude();
            return counts;
        } catch (SQLException | RuntimeException | Error e) {
            session.failedBatch(plan, parameters, begun, e);
            throw e;
        } finally {
            parameters.clearBatch();
        }
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        session.large();
        if (parameters == null) {
            return super.executeLargeBatch();
        }
        forgetLast();
        session.capture().admission().batch(session, plan, parameters);
        parameters.beginBatch();
        long begun = session.begin(plan, null);
        try {
            long[] counts = own().executeLargeBatch();
            session.executedBatch(plan, parameters, counts, begun);
            session.conclude();
            return counts;
        } catch (SQLException | RuntimeException | Error e) {
            session.failedBatch(plan, parameters, begun, e);
            throw e;
        } finally {
            parameters.clearBatch();
        }
    }

    @Override
    public void close() throws SQLException {
        try {
            super.close();
            if (parameters != null) {
                parameters.close();
            }
        } finally {
            if (asking != null) {
                asking.close(session);
            }
        }
    }

    @Override
    public void clearParameters() throws SQLException {
        super.clearParameters();
        if (parameters != null) {
            parameters.clear();
        }
    }

    @Override
    public void setBoolean(int index, boolean value) throws SQLException {
        super.setBoolean(index, value);
        if (parameters != null) {
            parameters.setBoolean(index, value);
        }
    }

    @Override
    public void setByte(int index, byte value) throws SQLException {
        super.setByte(index, value);
        if (parameters != null) {
            parameters.setInteger(index, value);
        }
    }

    @Override
    public void setShort(int index, short value) throws SQLException {
        super.setShort(index, value);
        if (parameters != null) {
            parameters.setInteger(index, value);
        }
    }

    @Override
    public void setInt(int index, int value) throws SQLException {
        super.setInt(index, value);
        if (parameters != null) {
            parameters.setInteger(index, value);
        }
    }

    @Override
    public void setLong(int index, long value) throws SQLException {
        super.setLong(index, value);
        if (parameters != null) {
            parameters.setInteger(index, value);
        }
    }

    @Override
    public void setFloat(int index, float value) throws SQLException {
        super.setFloat(index, value);
        if (parameters != null) {
            parameters.setFloat(index, value);
        }
    }

    @Override
    public void setDouble(int index, double value) throws SQLException {
        super.setDouble(index, value);
        if (parameters != null) {
            parameters.setDouble(index, value);
        }
    }

    @Override
    public void setBigDecimal(int index, BigDecimal value) throws SQLException {
        super.setBigDecimal(index, value);
        if (parameters != null) {
            parameters.setObject(index, value);
        }
    }

    @Override
    public void setString(int index, String value) throws SQLException {
        super.setString(index, value);
        if (parameters != null) {
            parameters.setString(index, value);
        }
    }

    @Override
    public void setNString(int index, String value) throws SQLException {
        super.setNString(index, value);
        if (parameters != null) {
            parameters.setString(index, value);
        }
    }

    @Override
    public void setBytes(int index, byte[] value) throws SQLException {
        super.setBytes(index, value);
        if (parameters != null) {
            parameters.setBytes(index, value);
        }
    }

    @Override
    public void setDate(int index, Date value) throws SQLException {
        super.setDate(index, value);
        if (parameters != null) {
            parameters.setDate(index, value, null);
        }
    }

    @Override
    public void setTime(int index, Time value) throws SQLException {
        super.setTime(index, value);
        if (parameters != null) {
            parameters.setDate(index, value, null);
        }
    }

    @Override
    public void setTimestamp(int index, Timestamp value) throws SQLException {
        super.setTimestamp(index, value);
        if (parameters != null) {
            parameters.setDate(index, value, null);
        }
    }

    @Override
    public void setArray(int index, Array value) throws SQLException {
        super.setArray(index, value);
        if (parameters != null) {
            parameters.setObject(index, value);
        }
    }

    @Override
    public void setRef(int index, Ref value) throws SQLException {
        super.setRef(index, value);
        if (parameters != null) {
            parameters.setObject(index, value);
        }
    }

    @Override
    public void setRowId(int index, RowId value) throws SQLException {
        super.setRowId(index, value);
        if (parameters != null) {
            parameters.setObject(index, value);
        }
    }

    @Override
    public void setURL(int index, URL value) throws SQLException {
        super.setURL(index, value);
        if (parameters != null) {
            parameters.setObject(index, value);
        }
    }

    @Override
    public void setSQLXML(int index, SQLXML value) throws SQLException {
        super.setSQLXML(index, value);
        bound(index, value);
    }

    @Override
    public void setBlob(int index, Blob value) throws SQLException {
        super.setBlob(index, value);
        bound(index, value);
    }

    @Override
    public void setClob(int index, Clob value) throws SQLException {
        super.setClob(index, value);
        bound(index, value);
    }

    @Override
    public void setNClob(int index, NClob value) throws SQLException {
        super.setNClob(index, value);
        bound(index, value);
    }

    @Override
    public void setObject(int index, Object value) throws SQLException {
        Object teed = parameters == null ? value : parameters.teedObject(index, value);
        super.setObject(index, teed);
        if (parameters != null) {
            parameters.setObject(index, teed);
        }
    }

    @Override
    public void setDate(int index, Date value, Calendar calendar) throws SQLException {
        super.setDate(index, value, calendar);
        if (parameters != null) {
            parameters.setDate(index, value, calendar);
        }
    }

    @Override
    public void setTime(int index, Time value, Calendar calendar) throws SQLException {
        super.setTime(index, value, calendar);
        if (parameters != null) {
            parameters.setDate(index, value, calendar);
        }
    }

    @Override
    public void setTimestamp(int index, Timestamp value, Calendar calendar) throws SQLException {
        super.setTimestamp(index, value, calendar);
        if (parameters != null) {
            parameters.setDate(index, value, calendar);
        }
    }

    @Override
    public void setNull(int index, int type) throws SQLException {
        super.setNull(index, type);
        if (parameters != null) {
            parameters.setNull(index);
        }
    }

    @Override
    public void setNull(int index, int type, String name) throws SQLException {
        super.setNull(index, type, name);
        if (parameters != null) {
            parameters.setNull(index);
        }
    }

    @Override
    public void setObject(int index, Object value, int targetType) throws SQLException {
        Object teed = parameters == null ? value : parameters.teedObject(index, value, targetType);
        super.setObject(index, teed, targetType);
        if (parameters != null) {
            parameters.setObject(index, teed, targetType);
        }
    }

    @Override
    public void setObject(int index, Object value, SQLType targetType) throws SQLException {
        super.setObject(index, value, targetType);
        if (parameters != null) {
            parameters.setObject(index, value, targetType);
        }
    }

    @Override
    public void setObject(int index, Object value, int targetType, int scale) throws SQLException {
        super.setObject(index, value, targetType, scale);
        if (parameters != null) {
            parameters.setRounded(index, value);
        }
    }

    @Override
    public void setObject(int index, Object value, SQLType targetType, int scale) throws SQLException {
        super.setObject(index, value, targetType, scale);
        if (parameters != null) {
            parameters.setRounded(index, value);
        }
    }

    // ---- streams

    private @Nullable InputStream teed(int index, @Nullable InputStream stream, long length) {
        return parameters == null ? stream : parameters.teed(index, stream, length);
    }

    private @Nullable Reader teed(int index, @Nullable Reader reader, long length) {
        return parameters == null ? reader : parameters.teed(index, reader, length);
    }

    private @Nullable InputStream ascii(int index, @Nullable InputStream stream, long length) {
        return parameters == null ? stream : parameters.teedAscii(index, stream, length);
    }

    private @Nullable InputStream lob(int index, @Nullable InputStream stream, long length) {
        return parameters == null ? stream : parameters.teedLob(index, stream, length);
    }

    private @Nullable Reader lob(int index, @Nullable Reader reader, long length) {
        return parameters == null ? reader : parameters.teedLob(index, reader, length);
    }

    private void bound(int index, @Nullable Object streamOrLob) {
        if (parameters != null) {
            parameters.setStream(index, streamOrLob);
        }
    }

    @Override
    public void setAsciiStream(int index, InputStream stream) throws SQLException {
        InputStream teed = ascii(index, stream, Parameters.WHOLE);
        super.setAsciiStream(index, teed);
        bound(index, teed);
    }

    @Override
    public void setAsciiStream(int index, InputStream stream, int length) throws SQLException {
        InputStream teed = ascii(index, stream, length);
        super.setAsciiStream(index, teed, length);
        bound(index, teed);
    }

    @Override
    public void setAsciiStream(int index, InputStream stream, long length) throws SQLException {
        InputStream teed = ascii(index, stream, length);
        super.setAsciiStream(index, teed, length);
        bound(index, teed);
    }

    @Override
    public void setBinaryStream(int index, InputStream stream) throws SQLException {
        InputStream teed = teed(index, stream, Parameters.WHOLE);
        super.setBinaryStream(index, teed);
        bound(index, teed);
    }

    @Override
    public void setBinaryStream(int index, InputStream stream, int length) throws SQLException {
        InputStream teed = teed(index, stream, length);
        super.setBinaryStream(index, teed, length);
        bound(index, teed);
    }

    @Override
    public void setBinaryStream(int index, InputStream stream, long length) throws SQLException {
        InputStream teed = teed(index, stream, length);
        super.setBinaryStream(index, teed, length);
        bound(index, teed);
    }

    @Override
    public void setCharacterStream(int index, Reader stream) throws SQLException {
        Reader teed = teed(index, stream, Parameters.WHOLE);
        super.setCharacterStream(index, teed);
        bound(index, teed);
    }

    @Override
    public void setCharacterStream(int index, Reader stream, int length) throws SQLException {
        Reader teed = teed(index, stream, length);
        super.setCharacterStream(index, teed, length);
        bound(index, teed);
    }

    @Override
    public void setCharacterStream(int index, Reader stream, long length) throws SQLException {
        Reader teed = teed(index, stream, length);
        super.setCharacterStream(index, teed, length);
        bound(index, teed);
    }

    @Override
    public void setBlob(int index, InputStream stream) throws SQLException {
        InputStream teed = lob(index, stream, Parameters.WHOLE);
        super.setBlob(index, teed);
        bound(index, teed);
    }

    @Override
    public void setBlob(int index, InputStream stream, long length) throws SQLException {
        InputStream teed = lob(index, stream, length);
        super.setBlob(index, teed, length);
        bound(index, teed);
    }

    @Override
    public void setClob(int index, Reader stream) throws SQLException {
        Reader teed = lob(index, stream, Parameters.WHOLE);
        super.setClob(index, teed);
        bound(index, teed);
    }

    @Override
    public void setClob(int index, Reader stream, long length) throws SQLException {
        Reader teed = lob(index, stream, length);
        super.setClob(index, teed, length);
        bound(index, teed);
    }

    @Override
    public void setNClob(int index, Reader stream) throws SQLException {
        Reader teed = lob(index, stream, Parameters.WHOLE);
        super.setNClob(index, teed);
        bound(index, teed);
    }

    @Override
    public void setNClob(int index, Reader stream, long length) throws SQLException {
        Reader teed = lob(index, stream, length);
        super.setNClob(index, teed, length);
        bound(index, teed);
    }

    @Override
    public void setNCharacterStream(int index, Reader stream) throws SQLException {
        Reader teed = teed(index, stream, Parameters.WHOLE);
        super.setNCharacterStream(index, teed);
        bound(index, teed);
    }

    @Override
    public void setNCharacterStream(int index, Reader stream, long length) throws SQLException {
        Reader teed = teed(index, stream, length);
        super.setNCharacterStream(index, teed, length);
        bound(index, teed);
    }

    @Deprecated
    @Override
    public void setUnicodeStream(int index, InputStream stream, int length) throws SQLException {
        InputStream teed = ascii(index, stream, length);
        super.setUnicodeStream(index, teed, length);
        bound(index, teed);
    }
}
