package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingBlob;
import dev.afterimage.jdbc.delegate.DelegatingClob;
import dev.afterimage.jdbc.delegate.DelegatingNClob;
import dev.afterimage.jdbc.delegate.DelegatingSQLXML;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import javax.annotation.processing.Generated;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/** Forwards every method of {@link CallableStatement} to a delegate. */
@Generated("dev.afterimage.jdbc.delegate.DelegateSources")
@NullUnmarked
abstract class DelegatingCallableStatement extends AuditedPreparedStatement implements CallableStatement {

    private final CallableStatement delegate;

    DelegatingCallableStatement(CallableStatement delegate, AuditedConnection connection, @Nullable String sql) {
        super(delegate, connection, sql);
        this.delegate = delegate;
    }

    @Override
    protected CallableStatement delegate() {
        return delegate;
    }

    @Override
    public Array getArray(String name) throws SQLException {
        return outgoing().array(delegate.getArray(name));
    }

    @Override
    public Array getArray(int index) throws SQLException {
        return outgoing().array(delegate.getArray(index));
    }

    @Override
    public BigDecimal getBigDecimal(String name) throws SQLException {
        return delegate.getBigDecimal(name);
    }

    @Override
    public BigDecimal getBigDecimal(int index) throws SQLException {
        return delegate.getBigDecimal(index);
    }

    @Deprecated
    @Override
    public BigDecimal getBigDecimal(int index, int number) throws SQLException {
        return delegate.getBigDecimal(index, number);
    }

    @Override
    public Blob getBlob(String name) throws SQLException {
        return outgoing().blob(delegate.getBlob(name));
    }

    @Override
    public Blob getBlob(int index) throws SQLException {
        return outgoing().blob(delegate.getBlob(index));
    }

    @Override
    public boolean getBoolean(String name) throws SQLException {
        return delegate.getBoolean(name);
    }

    @Override
    public boolean getBoolean(int index) throws SQLException {
        return delegate.getBoolean(index);
    }

    @Override
    public byte getByte(String name) throws SQLException {
        return delegate.getByte(name);
    }

    @Override
    public byte getByte(int index) throws SQLException {
        return delegate.getByte(index);
    }

    @Override
    public byte[] getBytes(String name) throws SQLException {
        return delegate.getBytes(name);
    }

    @Override
    public byte[] getBytes(int index) throws SQLException {
        return delegate.getBytes(index);
    }

    @Override
    public Reader getCharacterStream(String name) throws SQLException {
        return delegate.getCharacterStream(name);
    }

    @Override
    public Reader getCharacterStream(int index) throws SQLException {
        return delegate.getCharacterStream(index);
    }

    @Override
    public Clob getClob(String name) throws SQLException {
        return outgoing().clob(delegate.getClob(name));
    }

    @Override
    public Clob getClob(int index) throws SQLException {
        return outgoing().clob(delegate.getClob(index));
    }

    @Override
    public Date getDate(String name) throws SQLException {
        return delegate.getDate(name);
    }

    @Override
    public Date getDate(int index) throws SQLException {
        return delegate.getDate(index);
    }

    @Override
    public Date getDate(String name, Calendar calendar) throws SQLException {
        return delegate.getDate(name, calendar);
    }

    @Override
    public Date getDate(int index, Calendar calendar) throws SQLException {
        return delegate.getDate(index, calendar);
    }

    @Override
    public double getDouble(String name) throws SQLException {
        return delegate.getDouble(name);
    }

    @Override
    public double getDouble(int index) throws SQLException {
        return delegate.getDouble(index);
    }

    @Override
    public float getFloat(String name) throws SQLException {
        return delegate.getFloat(name);
    }

    @Override
    public float getFloat(int index) throws SQLException {
        return delegate.getFloat(index);
    }

    @Override
    public int getInt(String name) throws SQLException {
        return delegate.getInt(name);
    }

    @Override
    public int getInt(int index) throws SQLException {
        return delegate.getInt(index);
    }

    @Override
    public long getLong(String name) throws SQLException {
        return delegate.getLong(name);
    }

    @Override
    public long getLong(int index) throws SQLException {
        return delegate.getLong(index);
    }

    @Override
    public Reader getNCharacterStream(String name) throws SQLException {
        return delegate.getNCharacterStream(name);
    }

    @Override
    public Reader getNCharacterStream(int index) throws SQLException {
        return delegate.getNCharacterStream(index);
    }

    @Override
    public NClob getNClob(String name) throws SQLException {
        return outgoing().nClob(delegate.getNClob(name));
    }

    @Override
    public NClob getNClob(int index) throws SQLException {
        return outgoing().nClob(delegate.getNClob(index));
    }

    @Override
    public String getNString(String name) throws SQLException {
        return delegate.getNString(name);
    }

    @Override
    public String getNString(int index) throws SQLException {
        return delegate.getNString(index);
    }

    @Override
    public Object getObject(String name) throws SQLException {
        return outgoing().object(delegate.getObject(name));
    }

    @Override
    public Object getObject(int index) throws SQLException {
        return outgoing().object(delegate.getObject(index));
    }

    @Override
    public <T> T getObject(String name, Class<T> type) throws SQLException {
        return outgoing().object(delegate.getObject(name, type), type);
    }

    @Override
    public Object getObject(String name, Map<String, Class<?>> types) throws SQLException {
        return outgoing().object(delegate.getObject(name, types));
    }

    @Override
    public <T> T getObject(int index, Class<T> type) throws SQLException {
        return outgoing().object(delegate.getObject(index, type), type);
    }

    @Override
    public Object getObject(int index, Map<String, Class<?>> types) throws SQLException {
        return outgoing().object(delegate.getObject(index, types));
    }

    @Override
    public Ref getRef(String name) throws SQLException {
        return outgoing().ref(delegate.getRef(name));
    }

    @Override
    public Ref getRef(int index) throws SQLException {
        return outgoing().ref(delegate.getRef(index));
    }

    @Override
    public RowId getRowId(String name) throws SQLException {
        return delegate.getRowId(name);
    }

    @Override
    public RowId getRowId(int index) throws SQLException {
        return delegate.getRowId(index);
    }

    @Override
    public SQLXML getSQLXML(String name) throws SQLException {
        return outgoing().sqlXml(delegate.getSQLXML(name));
    }

    @Override
    public SQLXML getSQLXML(int index) throws SQLException {
        return outgoing().sqlXml(delegate.getSQLXML(index));
    }

    @Override
    public short getShort(String name) throws SQLException {
        return delegate.getShort(name);
    }

    @Override
    public short getShort(int index) throws SQLException {
        return delegate.getShort(index);
    }

    @Override
    public String getString(String name) throws SQLException {
        return delegate.getString(name);
    }

    @Override
    public String getString(int index) throws SQLException {
        return delegate.getString(index);
    }

    @Override
    public Time getTime(String name) throws SQLException {
        return delegate.getTime(name);
    }

    @Override
    public Time getTime(int index) throws SQLException {
        return delegate.getTime(index);
    }

    @Override
    public Time getTime(String name, Calendar calendar) throws SQLException {
        return delegate.getTime(name, calendar);
    }

    @Override
    public Time getTime(int index, Calendar calendar) throws SQLException {
        return delegate.getTime(index, calendar);
    }

    @Override
    public Timestamp getTimestamp(String name) throws SQLException {
        return delegate.getTimestamp(name);
    }

    @Override
    public Timestamp getTimestamp(int index) throws SQLException {
        return delegate.getTimestamp(index);
    }

    @Override
    public Timestamp getTimestamp(String name, Calendar calendar) throws SQLException {
        return delegate.getTimestamp(name, calendar);
    }

    @Override
    public Timestamp getTimestamp(int index, Calendar calendar) throws SQLException {
        return delegate.getTimestamp(index, calendar);
    }

    @Override
    public URL getURL(String name) throws SQLException {
        return delegate.getURL(name);
    }

    @Override
    public URL getURL(int index) throws SQLException {
        return delegate.getURL(index);
    }

    @Override
    public void registerOutParameter(String name, int number) throws SQLException {
        delegate.registerOutParameter(name, number);
    }

    @Override
    public void registerOutParameter(String name, SQLType sqlType) throws SQLException {
        delegate.registerOutParameter(name, sqlType);
    }

    @Override
    public void registerOutParameter(int index, int number) throws SQLException {
        delegate.registerOutParameter(index, number);
    }

    @Override
    public void registerOutParameter(int index, SQLType sqlType) throws SQLException {
        delegate.registerOutParameter(index, sqlType);
    }

    @Override
    public void registerOutParameter(String name, int number, String name3) throws SQLException {
        delegate.registerOutParameter(name, number, name3);
    }

    @Override
    public void registerOutParameter(String name, int number, int number3) throws SQLException {
        delegate.registerOutParameter(name, number, number3);
    }

    @Override
    public void registerOutParameter(String name, SQLType sqlType, String name3) throws SQLException {
        delegate.registerOutParameter(name, sqlType, name3);
    }

    @Override
    public void registerOutParameter(String name, SQLType sqlType, int number) throws SQLException {
        delegate.registerOutParameter(name, sqlType, number);
    }

    @Override
    public void registerOutParameter(int index, int number, String name) throws SQLException {
        delegate.registerOutParameter(index, number, name);
    }

    @Override
    public void registerOutParameter(int index, int number, int number3) throws SQLException {
        delegate.registerOutParameter(index, number, number3);
    }

    @Override
    public void registerOutParameter(int index, SQLType sqlType, String name) throws SQLException {
        delegate.registerOutParameter(index, sqlType, name);
    }

    @Override
    public void registerOutParameter(int index, SQLType sqlType, int number) throws SQLException {
        delegate.registerOutParameter(index, sqlType, number);
    }

    @Override
    public void setAsciiStream(String name, InputStream inputStream) throws SQLException {
        delegate.setAsciiStream(name, inputStream);
    }

    @Override
    public void setAsciiStream(String name, InputStream inputStream, int number) throws SQLException {
        delegate.setAsciiStream(name, inputStream, number);
    }

    @Override
    public void setAsciiStream(String name, InputStream inputStream, long length) throws SQLException {
        delegate.setAsciiStream(name, inputStream, length);
    }

    @Override
    public void setBigDecimal(String name, BigDecimal bigDecimal) throws SQLException {
        delegate.setBigDecimal(name, bigDecimal);
    }

    @Override
    public void setBinaryStream(String name, InputStream inputStream) throws SQLException {
        delegate.setBinaryStream(name, inputStream);
    }

    @Override
    public void setBinaryStream(String name, InputStream inputStream, int number) throws SQLException {
        delegate.setBinaryStream(name, inputStream, number);
    }

    @Override
    public void setBinaryStream(String name, InputStream inputStream, long length) throws SQLException {
        delegate.setBinaryStream(name, inputStream, length);
    }

    @Override
    public void setBlob(String name, InputStream inputStream) throws SQLException {
        delegate.setBlob(name, inputStream);
    }

    @Override
    public void setBlob(String name, Blob blob) throws SQLException {
        delegate.setBlob(name, DelegatingBlob.delegateOf(blob));
    }

    @Override
    public void setBlob(String name, InputStream inputStream, long length) throws SQLException {
        delegate.setBlob(name, inputStream, length);
    }

    @Override
    public void setBoolean(String name, boolean value) throws SQLException {
        delegate.setBoolean(name, value);
    }

    @Override
    public void setByte(String name, byte value) throws SQLException {
        delegate.setByte(name, value);
    }

    @Override
    public void setBytes(String name, byte[] bytes) throws SQLException {
        delegate.setBytes(name, bytes);
    }

    @Override
    public void setCharacterStream(String name, Reader reader) throws SQLException {
        delegate.setCharacterStream(name, reader);
    }

    @Override
    public void setCharacterStream(String name, Reader reader, int number) throws SQLException {
        delegate.setCharacterStream(name, reader, number);
    }

    @Override
    public void setCharacterStream(String name, Reader reader, long length) throws SQLException {
        delegate.setCharacterStream(name, reader, length);
    }

    @Override
    public void setClob(String name, Reader reader) throws SQLException {
        delegate.setClob(name, reader);
    }

    @Override
    public void setClob(String name, Clob clob) throws SQLException {
        delegate.setClob(name, DelegatingClob.delegateOf(clob));
    }

    @Override
    public void setClob(String name, Reader reader, long length) throws SQLException {
        delegate.setClob(name, reader, length);
    }

    @Override
    public void setDate(String name, Date date) throws SQLException {
        delegate.setDate(name, date);
    }

    @Override
    public void setDate(String name, Date date, Calendar calendar) throws SQLException {
        delegate.setDate(name, date, calendar);
    }

    @Override
    public void setDouble(String name, double value) throws SQLException {
        delegate.setDouble(name, value);
    }

    @Override
    public void setFloat(String name, float value) throws SQLException {
        delegate.setFloat(name, value);
    }

    @Override
    public void setInt(String name, int value) throws SQLException {
        delegate.setInt(name, value);
    }

    @Override
    public void setLong(String name, long value) throws SQLException {
        delegate.setLong(name, value);
    }

    @Override
    public void setNCharacterStream(String name, Reader reader) throws SQLException {
        delegate.setNCharacterStream(name, reader);
    }

    @Override
    public void setNCharacterStream(String name, Reader reader, long length) throws SQLException {
        delegate.setNCharacterStream(name, reader, length);
    }

    @Override
    public void setNClob(String name, Reader reader) throws SQLException {
        delegate.setNClob(name, reader);
    }

    @Override
    public void setNClob(String name, NClob nClob) throws SQLException {
        delegate.setNClob(name, DelegatingNClob.delegateOf(nClob));
    }

    @Override
    public void setNClob(String name, Reader reader, long length) throws SQLException {
        delegate.setNClob(name, reader, length);
    }

    @Override
    public void setNString(String name, String value) throws SQLException {
        delegate.setNString(name, value);
    }

    @Override
    public void setNull(String name, int value) throws SQLException {
        delegate.setNull(name, value);
    }

    @Override
    public void setNull(String name, int value, String name3) throws SQLException {
        delegate.setNull(name, value, name3);
    }

    @Override
    public void setObject(String name, Object value) throws SQLException {
        delegate.setObject(name, delegateOf(value));
    }

    @Override
    public void setObject(String name, Object value, int targetType) throws SQLException {
        delegate.setObject(name, delegateOf(value), targetType);
    }

    @Override
    public void setObject(String name, Object value, SQLType sqlType) throws SQLException {
        delegate.setObject(name, delegateOf(value), sqlType);
    }

    @Override
    public void setObject(String name, Object value, int targetType, int scale) throws SQLException {
        delegate.setObject(name, delegateOf(value), targetType, scale);
    }

    @Override
    public void setObject(String name, Object value, SQLType sqlType, int scale) throws SQLException {
        delegate.setObject(name, delegateOf(value), sqlType, scale);
    }

    @Override
    public void setRowId(String name, RowId rowId) throws SQLException {
        delegate.setRowId(name, rowId);
    }

    @Override
    public void setSQLXML(String name, SQLXML sqlXml) throws SQLException {
        delegate.setSQLXML(name, DelegatingSQLXML.delegateOf(sqlXml));
    }

    @Override
    public void setShort(String name, short value) throws SQLException {
        delegate.setShort(name, value);
    }

    @Override
    public void setString(String name, String value) throws SQLException {
        delegate.setString(name, value);
    }

    @Override
    public void setTime(String name, Time time) throws SQLException {
        delegate.setTime(name, time);
    }

    @Override
    public void setTime(String name, Time time, Calendar calendar) throws SQLException {
        delegate.setTime(name, time, calendar);
    }

    @Override
    public void setTimestamp(String name, Timestamp timestamp) throws SQLException {
        delegate.setTimestamp(name, timestamp);
    }

    @Override
    public void setTimestamp(String name, Timestamp timestamp, Calendar calendar) throws SQLException {
        delegate.setTimestamp(name, timestamp, calendar);
    }

    @Override
    public void setURL(String name, URL uRL) throws SQLException {
        delegate.setURL(name, uRL);
    }

    @Override
    public boolean wasNull() throws SQLException {
        return delegate.wasNull();
    }
}
