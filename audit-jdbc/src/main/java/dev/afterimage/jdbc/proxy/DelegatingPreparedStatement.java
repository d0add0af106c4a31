package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingArray;
import dev.afterimage.jdbc.delegate.DelegatingBlob;
import dev.afterimage.jdbc.delegate.DelegatingClob;
import dev.afterimage.jdbc.delegate.DelegatingNClob;
import dev.afterimage.jdbc.delegate.DelegatingRef;
import dev.afterimage.jdbc.delegate.DelegatingSQLXML;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullUnmarked;

/** Forwards every method of {@link PreparedStatement} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
@NullUnmarked
abstract class DelegatingPreparedStatement extends AuditedStatement implements PreparedStatement {

    private final PreparedStatement delegate;

    DelegatingPreparedStatement(PreparedStatement delegate, AuditedConnection connection) {
        super(delegate, connection);
        this.delegate = delegate;
    }

    @Override
    protected PreparedStatement delegate() {
        return delegate;
    }

    /** Returns a second delegate that is bound the same values; null where there is none. */
    abstract PreparedStatement beside();

    @Override
    public void addBatch() throws SQLException {
        delegate.addBatch();
    }

    @Override
    public void clearParameters() throws SQLException {
        delegate.clearParameters();
        if (beside() != null) {
            beside().clearParameters();
        }
    }

    @Override
    public boolean execute() throws SQLException {
        return delegate.execute();
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        return delegate.executeLargeUpdate();
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return outgoing().resultSet(delegate.executeQuery());
    }

    @Override
    public int executeUpdate() throws SQLException {
        return delegate.executeUpdate();
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        return delegate.getMetaData();
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        return delegate.getParameterMetaData();
    }

    @Override
    public void setArray(int index, Array array) throws SQLException {
        delegate.setArray(index, DelegatingArray.delegateOf(array));
        if (beside() != null) {
            beside().setArray(index, DelegatingArray.delegateOf(array));
        }
    }

    @Override
    public void setAsciiStream(int index, InputStream inputStream) throws SQLException {
        delegate.setAsciiStream(index, inputStream);
        if (beside() != null) {
            beside().setAsciiStream(index, inputStream);
        }
    }

    @Override
    public void setAsciiStream(int index, InputStream inputStream, int number) throws SQLException {
        delegate.setAsciiStream(index, inputStream, number);
        if (beside() != null) {
            beside().setAsciiStream(index, inputStream, number);
        }
    }

    @Override
    public void setAsciiStream(int index, InputStream inputStream, long length) throws SQLException {
        delegate.setAsciiStream(index, inputStream, length);
        if (beside() != null) {
            beside().setAsciiStream(index, inputStream, length);
        }
    }

    @Override
    public void setBigDecimal(int index, BigDecimal bigDecimal) throws SQLException {
        delegate.setBigDecimal(index, bigDecimal);
        if (beside() != null) {
            beside().setBigDecimal(index, bigDecimal);
        }
    }

    @Override
    public void setBinaryStream(int index, InputStream inputStream) throws SQLException {
        delegate.setBinaryStream(index, inputStream);
        if (beside() != null) {
            beside().setBinaryStream(index, inputStream);
        }
    }

    @Override
    public void setBinaryStream(int index, InputStream inputStream, int number) throws SQLException {
        delegate.setBinaryStream(index, inputStream, number);
        if (beside() != null) {
            beside().setBinaryStream(index, inputStream, number);
        }
    }

    @Override
    public void setBinaryStream(int index, InputStream inputStream, long length) throws SQLException {
        delegate.setBinaryStream(index, inputStream, length);
        if (beside() != null) {
            beside().setBinaryStream(index, inputStream, length);
        }
    }

    @Override
    public void setBlob(int index, InputStream inputStream) throws SQLException {
        delegate.setBlob(index, inputStream);
        if (beside() != null) {
            beside().setBlob(index, inputStream);
        }
    }

    @Override
    public void setBlob(int index, Blob blob) throws SQLException {
        delegate.setBlob(index, DelegatingBlob.delegateOf(blob));
        if (beside() != null) {
            beside().setBlob(index, DelegatingBlob.delegateOf(blob));
        }
    }

    @Override
    public void setBlob(int index, InputStream inputStream, long length) throws SQLException {
        delegate.setBlob(index, inputStream, length);
        if (beside() != null) {
            beside().setBlob(index, inputStream, length);
        }
    }

    @Override
    public void setBoolean(int index, boolean value) throws SQLException {
        delegate.setBoolean(index, value);
        if (beside() != null) {
            beside().setBoolean(index, value);
        }
    }

    @Override
    public void setByte(int index, byte value) throws SQLException {
        delegate.setByte(index, value);
        if (beside() != null) {
            beside().setByte(index, value);
        }
    }

    @Override
    public void setBytes(int index, byte[] bytes) throws SQLException {
        delegate.setBytes(index, bytes);
        if (beside() != null) {
            beside().setBytes(index, bytes);
        }
    }

    @Override
    public void setCharacterStream(int index, Reader reader) throws SQLException {
        delegate.setCharacterStream(index, reader);
        if (beside() != null) {
            beside().setCharacterStream(index, reader);
        }
    }

    @Override
    public void setCharacterStream(int index, Reader reader, int number) throws SQLException {
        delegate.setCharacterStream(index, reader, number);
        if (beside() != null) {
            beside().setCharacterStream(index, reader, number);
        }
    }

    @Override
    public void setCharacterStream(int index, Reader reader, long length) throws SQLException {
        delegate.setCharacterStream(index, reader, length);
        if (beside() != null) {
            beside().setCharacterStream(index, reader, length);
        }
    }

    @Override
    public void setClob(int index, Reader reader) throws SQLException {
        delegate.setClob(index, reader);
        if (beside() != null) {
            beside().setClob(index, reader);
        }
    }

    @Override
    public void setClob(int index, Clob clob) throws SQLException {
        delegate.setClob(index, DelegatingClob.delegateOf(clob));
        if (beside() != null) {
            beside().setClob(index, DelegatingClob.delegateOf(clob));
        }
    }

    @Override
    public void setClob(int index, Reader reader, long length) throws SQLException {
        delegate.setClob(index, reader, length);
        if (beside() != null) {
            beside().setClob(index, reader, length);
        }
    }

    @Override
    public void setDate(int index, Date date) throws SQLException {
        delegate.setDate(index, date);
        if (beside() != null) {
            beside().setDate(index, date);
        }
    }

    @Override
    public void setDate(int index, Date date, Calendar calendar) throws SQLException {
        delegate.setDate(index, date, calendar);
        if (beside() != null) {
            beside().setDate(index, date, calendar);
        }
    }

    @Override
    public void setDouble(int index, double value) throws SQLException {
        delegate.setDouble(index, value);
        if (beside() != null) {
            beside().setDouble(index, value);
        }
    }

    @Override
    public void setFloat(int index, float value) throws SQLException {
        delegate.setFloat(index, value);
        if (beside() != null) {
            beside().setFloat(index, value);
        }
    }

    @Override
    public void setInt(int index, int value) throws SQLException {
        delegate.setInt(index, value);
        if (beside() != null) {
            beside().setInt(index, value);
        }
    }

    @Override
    public void setLong(int index, long value) throws SQLException {
        delegate.setLong(index, value);
        if (beside() != null) {
            beside().setLong(index, value);
        }
    }

    @Override
    public void setNCharacterStream(int index, Reader reader) throws SQLException {
        delegate.setNCharacterStream(index, reader);
        if (beside() != null) {
            beside().setNCharacterStream(index, reader);
        }
    }

    @Override
    public void setNCharacterStream(int index, Reader reader, long length) throws SQLException {
        delegate.setNCharacterStream(index, reader, length);
        if (beside() != null) {
            beside().setNCharacterStream(index, reader, length);
        }
    }

    @Override
    public void setNClob(int index, Reader reader) throws SQLException {
        delegate.setNClob(index, reader);
        if (beside() != null) {
            beside().setNClob(index, reader);
        }
    }

    @Override
    public void setNClob(int index, NClob nClob) throws SQLException {
        delegate.setNClob(index, DelegatingNClob.delegateOf(nClob));
        if (beside() != null) {
            beside().setNClob(index, DelegatingNClob.delegateOf(nClob));
        }
    }

    @Override
    public void setNClob(int index, Reader reader, long length) throws SQLException {
        delegate.setNClob(index, reader, length);
        if (beside() != null) {
            beside().setNClob(index, reader, length);
        }
    }

    @Override
    public void setNString(int index, String value) throws SQLException {
        delegate.setNString(index, value);
        if (beside() != null) {
            beside().setNString(index, value);
        }
    }

    @Override
    public void setNull(int index, int value) throws SQLException {
        delegate.setNull(index, value);
        if (beside() != null) {
            beside().setNull(index, value);
        }
    }

    @Override
    public void setNull(int index, int value, String name) throws SQLException {
        delegate.setNull(index, value, name);
        if (beside() != null) {
            beside().setNull(index, value, name);
        }
    }

    @Override
    public void setObject(int index, Object value) throws SQLException {
        delegate.setObject(index, delegateOf(value));
        if (beside() != null) {
            beside().setObject(index, delegateOf(value));
        }
    }

    @Override
    public void setObject(int index, Object value, int targetType) throws SQLException {
        delegate.setObject(index, delegateOf(value), targetType);
        if (beside() != null) {
            beside().setObject(index, delegateOf(value), targetType);
        }
    }

    @Override
    public void setObject(int index, Object value, SQLType sqlType) throws SQLException {
        delegate.setObject(index, delegateOf(value), sqlType);
        if (beside() != null) {
            beside().setObject(index, delegateOf(value), sqlType);
        }
    }

    @Override
    public void setObject(int index, Object value, int targetType, int scale) throws SQLException {
        delegate.setObject(index, delegateOf(value), targetType, scale);
        if (beside() != null) {
            beside().setObject(index, delegateOf(value), targetType, scale);
        }
    }

    @Override
    public void setObject(int index, Object value, SQLType sqlType, int scale) throws SQLException {
        delegate.setObject(index, delegateOf(value), sqlType, scale);
        if (beside() != null) {
            beside().setObject(index, delegateOf(value), sqlType, scale);
        }
    }

    @Override
    public void setRef(int index, Ref ref) throws SQLException {
        delegate.setRef(index, DelegatingRef.delegateOf(ref));
        if (beside() != null) {
            beside().setRef(index, DelegatingRef.delegateOf(ref));
        }
    }

    @Override
    public void setRowId(int index, RowId rowId) throws SQLException {
        delegate.setRowId(index, rowId);
        if (beside() != null) {
            beside().setRowId(index, rowId);
        }
    }

    @Override
    public void setSQLXML(int index, SQLXML sqlXml) throws SQLException {
        delegate.setSQLXML(index, DelegatingSQLXML.delegateOf(sqlXml));
        if (beside() != null) {
            beside().setSQLXML(index, DelegatingSQLXML.delegateOf(sqlXml));
        }
    }

    @Override
    public void setShort(int index, short value) throws SQLException {
        delegate.setShort(index, value);
        if (beside() != null) {
            beside().setShort(index, value);
        }
    }

    @Override
    public void setString(int index, String value) throws SQLException {
        delegate.setString(index, value);
        if (beside() != null) {
            beside().setString(index, value);
        }
    }

    @Override
    public void setTime(int index, Time time) throws SQLException {
        delegate.setTime(index, time);
        if (beside() != null) {
            beside().setTime(index, time);
        }
    }

    @Override
    public void setTime(int index, Time time, Calendar calendar) throws SQLException {
        delegate.setTime(index, time, calendar);
        if (beside() != null) {
            beside().setTime(index, time, calendar);
        }
    }

    @Override
    public void setTimestamp(int index, Timestamp timestamp) throws SQLException {
        delegate.setTimestamp(index, timestamp);
        if (beside() != null) {
            beside().setTimestamp(index, timestamp);
        }
    }

    @Override
    public void setTimestamp(int index, Timestamp timestamp, Calendar calendar) throws SQLException {
        delegate.setTimestamp(index, timestamp, calendar);
        if (beside() != null) {
            beside().setTimestamp(index, timestamp, calendar);
        }
    }

    @Override
    public void setURL(int index, URL uRL) throws SQLException {
        delegate.setURL(index, uRL);
        if (beside() != null) {
            beside().setURL(index, uRL);
        }
    }

    @Deprecated
    @Override
    public void setUnicodeStream(int index, InputStream inputStream, int number) throws SQLException {
        delegate.setUnicodeStream(index, inputStream, number);
        if (beside() != null) {
            beside().setUnicodeStream(index, inputStream, number);
        }
    }
}
