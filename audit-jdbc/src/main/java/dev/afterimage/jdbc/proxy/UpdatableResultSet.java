package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.Parameters;
import dev.afterimage.jdbc.capture.RowChanges;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * A result set that the application may change rows through. The values it sets are kept until the driver has written
 * them; where the rows cannot be told, each change is a gap. Other result sets have none of this to pay for.
 */
final class UpdatableResultSet extends AuditedResultSet {

    private final AuditedConnection connection;
    private final @Nullable String sql;
    private @Nullable RowChanges changes;
    private boolean asked;

    /**
     * Wraps a result set.
     *
     * @param origin the statement that made it; null if the driver made it on its own
     * @param sql the text that made it; null if not known
     */
    UpdatableResultSet(
            ResultSet delegate, AuditedConnection connection, @Nullable AuditedStatement origin, @Nullable String sql) {
        super(delegate, connection, origin);
        this.connection = connection;
        this.sql = sql;
    }

    /** Made when the first change is: a result set that is only read needs none. */
    private @Nullable RowChanges changes() {
        if (!asked) {
            asked = true;
            changes = RowChanges.of(connection.session(), sql, delegate());
        }
        return changes;
    }

    private @Nullable Parameters values() {
        RowChanges known = changes();
        return known == null ? null : known.values();
    }

    private int column(String label) {
        return changes == null ? 0 : changes.column(label);
    }

    // ---- changes

    @Override
    public void updateRow() throws SQLException {
        RowChanges known = admitted();
        if (known != null && known.begin(delegate())) {
            run(known, delegate()::updateRow, known::updated);
        } else {
            super.updateRow();
            forget(known);
        }
    }

    @Override
    public void insertRow() throws SQLException {
        RowChanges known = admitted();
        if (known != null && known.begin(delegate())) {
            run(known, delegate()::insertRow, known::inserted);
        } else {
            super.insertRow();
            forget(known);
        }
    }

    @Override
    public void deleteRow() throws SQLException {
        RowChanges known = admitted();
        if (known != null && known.begin(delegate())) {
            run(known, delegate()::deleteRow, known::deleted);
        } else {
            super.deleteRow();
            forget(known);
        }
    }

    /** The changes, if there is room to tell one more. */
    private @Nullable RowChanges admitted() throws SQLException {
        RowChanges known = changes();
        if (known != null) {
            known.admit();
        }
        return known;
    }

    /** A change of a row at the driver. */
    @FunctionalInterface
    private interface RowCall {
        void run() throws SQLException;
    }

    private static void run(RowChanges known, RowCall call, Runnable done) throws SQLException {
        try {
            call.run();
        } catch (SQLException | RuntimeException | Error e) {
            known.failed(e);
            throw e;
        }
        done.run();
    }

    private static void forget(@Nullable RowChanges known) {
        if (known != null) {
            known.forget();
        }
    }

    // ---- moves

    private void moved() {
        if (changes != null) {
            changes.moved();
        }
    }

    @Override
    public boolean next() throws SQLException {
        boolean found = super.next();
        moved();
        return found;
    }

    @Override
    public boolean previous() throws SQLException {
        boolean found = super.previous();
        moved();
        return found;
    }

    @Override
    public boolean first() throws SQLException {
        boolean found = super.first();
        moved();
        return found;
    }

    @Override
    public boolean last() throws SQLException {
        boolean found = super.last();
        moved();
        return found;
    }

    @Override
    public boolean absolute(int row) throws SQLException {
        boolean found = super.absolute(row);
        moved();
        return found;
    }

    @Override
    public boolean relative(int rows) throws SQLException {
        boolean found = super.relative(rows);
        moved();
        return found;
    }

    @Override
    public void beforeFirst() throws SQLException {
        super.beforeFirst();
        moved();
    }

    @Override
    public void afterLast() throws SQLException {
        super.afterLast();
        moved();
    }

    @Override
    public void refreshRow() throws SQLException {
        super.refreshRow();
        moved();
    }

    @Override
    public void moveToInsertRow() throws SQLException {
        super.moveToInsertRow();
        RowChanges known = changes();
        if (known != null) {
            known.movedToInsertRow();
        }
    }

    @Override
    public void moveToCurrentRow() throws SQLException {
        super.moveToCurrentRow();
        moved();
    }

    @Override
    public void cancelRowUpdates() throws SQLException {
        super.cancelRowUpdates();
        forget(changes);
    }

    // ---- new values

    @Override
    public void updateObject(int column, Object value, SQLType type, int scale) throws SQLException {
        super.updateObject(column, value, type, scale);
        Parameters values = values();
        if (values != null) {
            values.setRounded(column, value);
        }
    }

    @Override
    public void updateBytes(int column, byte[] value) throws SQLException {
        super.updateBytes(column, value);
        Parameters values = values();
        if (values != null) {
            values.setBytes(column, value);
        }
    }

    @Override
    public void updateObject(String label, Object value, SQLType type, int scale) throws SQLException {
        super.updateObject(label, value, type, scale);
        Parameters values = values();
        if (values != null) {
            values.setRounded(column(label), value);
        }
    }

    @Override
    public void updateBytes(String label, byte[] value) throws SQLException {
        super.updateBytes(label, value);
        Parameters values = values();
        if (values != null) {
            values.setBytes(column(label), value);
        }
    }

    @Override
    public void updateArray(int column, Array value) throws SQLException {
        super.updateArray(column, value);
        Parameters values = values();
        if (values != null) {
            values.setObject(column, value);
        }
    }

    @Override
    public void updateArray(String label, Array value) throws SQLException {
        super.updateArray(label, value);
        Parameters values = values();
        if (values != null) {
            values.setObject(column(label), value);
        }
    }

    @Override
    public void updateAsciiStream(int column, InputStream stream) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teedAscii(column, stream, Parameters.WHOLE);
        super.updateAsciiStream(column, teed);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateAsciiStream(String label, InputStream stream) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teedAscii(column(label), stream, Parameters.WHOLE);
        super.updateAsciiStream(label, teed);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateAsciiStream(int column, InputStream stream, int length) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teedAscii(column, stream, length);
        super.updateAsciiStream(column, teed, length);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateAsciiStream(String label, InputStream stream, int length) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teedAscii(column(label), stream, length);
        super.updateAsciiStream(label, teed, length);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateAsciiStream(int column, InputStream stream, long length) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teedAscii(column, stream, length);
        super.updateAsciiStream(column, teed, length);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateAsciiStream(String label, InputStream stream, long length) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teedAscii(column(label), stream, length);
        super.updateAsciiStream(label, teed, length);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateBigDecimal(int column, BigDecimal value) throws SQLException {
        super.updateBigDecimal(column, value);
        Parameters values = values();
        if (values != null) {
            values.setObject(column, value);
        }
    }

    @Override
    public void updateBigDecimal(String label, BigDecimal value) throws SQLException {
        super.updateBigDecimal(label, value);
        Parameters values = values();
        if (values != null) {
            values.setObject(column(label), value);
        }
    }

    @Override
    public void updateBinaryStream(int column, InputStream stream) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teed(column, stream, Parameters.WHOLE);
        super.updateBinaryStream(column, teed);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateBinaryStream(String label, InputStream stream) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teed(column(label), stream, Parameters.WHOLE);
        super.updateBinaryStream(label, teed);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateBinaryStream(int column, InputStream stream, int length) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teed(column, stream, length);
        super.updateBinaryStream(column, teed, length);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateBinaryStream(String label, InputStream stream, int length) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teed(column(label), stream, length);
        super.updateBinaryStream(label, teed, length);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateBinaryStream(int column, InputStream stream, long length) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teed(column, stream, length);
        super.updateBinaryStream(column, teed, length);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateBinaryStream(String label, InputStream stream, long length) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teed(column(label), stream, length);
        super.updateBinaryStream(label, teed, length);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateBlob(int column, Blob value) throws SQLException {
        super.updateBlob(column, value);
        Parameters values = values();
        if (values != null) {
            values.setStream(column, value);
        }
    }

    @Override
    public void updateBlob(String label, Blob value) throws SQLException {
        super.updateBlob(label, value);
        Parameters values = values();
        if (values != null) {
            values.setStream(column(label), value);
        }
    }

    @Override
    public void updateBlob(int column, InputStream stream) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teedLob(column, stream, Parameters.WHOLE);
        super.updateBlob(column, teed);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateBlob(String label, InputStream stream) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teedLob(column(label), stream, Parameters.WHOLE);
        super.updateBlob(label, teed);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateBlob(int column, InputStream stream, long length) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teedLob(column, stream, length);
        super.updateBlob(column, teed, length);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateBlob(String label, InputStream stream, long length) throws SQLException {
        Parameters values = values();
        InputStream teed = values == null ? stream : values.teedLob(column(label), stream, length);
        super.updateBlob(label, teed, length);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateBoolean(int column, boolean value) throws SQLException {
        super.updateBoolean(column, value);
        Parameters values = values();
        if (values != null) {
            values.setBoolean(column, value);
        }
    }

    @Override
    public void updateBoolean(String label, boolean value) throws SQLException {
        super.updateBoolean(label, value);
        Parameters values = values();
        if (values != null) {
            values.setBoolean(column(label), value);
        }
    }

    @Override
    public void updateByte(int column, byte value) throws SQLException {
        super.updateByte(column, value);
        Parameters values = values();
        if (values != null) {
            values.setInteger(column, value);
        }
    }

    @Override
    public void updateByte(String label, byte value) throws SQLException {
        super.updateByte(label, value);
        Parameters values = values();
        if (values != null) {
            values.setInteger(column(label), value);
        }
    }

    @Override
    public void updateCharacterStream(int column, Reader stream) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teed(column, stream, Parameters.WHOLE);
        super.updateCharacterStream(column, teed);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateCharacterStream(String label, Reader stream) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teed(column(label), stream, Parameters.WHOLE);
        super.updateCharacterStream(label, teed);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateCharacterStream(int column, Reader stream, int length) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teed(column, stream, length);
        super.updateCharacterStream(column, teed, length);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateCharacterStream(String label, Reader stream, int length) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teed(column(label), stream, length);
        super.updateCharacterStream(label, teed, length);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateCharacterStream(int column, Reader stream, long length) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teed(column, stream, length);
        super.updateCharacterStream(column, teed, length);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateCharacterStream(String label, Reader stream, long length) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teed(column(label), stream, length);
        super.updateCharacterStream(label, teed, length);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateClob(int column, Clob value) throws SQLException {
        super.updateClob(column, value);
        Parameters values = values();
        if (values != null) {
            values.setStream(column, value);
        }
    }

    @Override
    public void updateClob(String label, Clob value) throws SQLException {
        super.updateClob(label, value);
        Parameters values = values();
        if (values != null) {
            values.setStream(column(label), value);
        }
    }

    @Override
    public void updateClob(int column, Reader stream) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teedLob(column, stream, Parameters.WHOLE);
        super.updateClob(column, teed);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateClob(String label, Reader stream) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teedLob(column(label), stream, Parameters.WHOLE);
        super.updateClob(label, teed);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateClob(int column, Reader stream, long length) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teedLob(column, stream, length);
        super.updateClob(column, teed, length);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateClob(String label, Reader stream, long length) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teedLob(column(label), stream, length);
        super.updateClob(label, teed, length);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateDate(int column, Date value) throws SQLException {
        super.updateDate(column, value);
        Parameters values = values();
        if (values != null) {
            values.setDate(column, value, null);
        }
    }

    @Override
    public void updateDate(String label, Date value) throws SQLException {
        super.updateDate(label, value);
        Parameters values = values();
        if (values != null) {
            values.setDate(column(label), value, null);
        }
    }

    @Override
    public void updateDouble(int column, double value) throws SQLException {
        super.updateDouble(column, value);
        Parameters values = values();
        if (values != null) {
            values.setDouble(column, value);
        }
    }

    @Override
    public void updateDouble(String label, double value) throws SQLException {
        super.updateDouble(label, value);
        Parameters values = values();
        if (values != null) {
            values.setDouble(column(label), value);
        }
    }

    @Override
    public void updateFloat(int column, float value) throws SQLException {
        super.updateFloat(column, value);
        Parameters values = values();
        if (values != null) {
            values.setFloat(column, value);
        }
    }

    @Override
    public void updateFloat(String label, float value) throws SQLException {
        super.updateFloat(label, value);
        Parameters values = values();
        if (values != null) {
            values.setFloat(column(label), value);
        }
    }

    @Override
    public void updateInt(int column, int value) throws SQLException {
        super.updateInt(column, value);
        Parameters values = values();
        if (values != null) {
            values.setInteger(column, value);
        }
    }

    @Override
    public void updateInt(String label, int value) throws SQLException {
        super.updateInt(label, value);
        Parameters values = values();
        if (values != null) {
            values.setInteger(column(label), value);
        }
    }

    @Override
    public void updateLong(int column, long value) throws SQLException {
        super.updateLong(column, value);
        Parameters values = values();
        if (values != null) {
            values.setInteger(column, value);
        }
    }

    @Override
    public void updateLong(String label, long value) throws SQLException {
        super.updateLong(label, value);
        Parameters values = values();
        if (values != null) {
            values.setInteger(column(label), value);
        }
    }

    @Override
    public void updateNCharacterStream(int column, Reader stream) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teed(column, stream, Parameters.WHOLE);
        super.updateNCharacterStream(column, teed);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateNCharacterStream(String label, Reader stream) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teed(column(label), stream, Parameters.WHOLE);
        super.updateNCharacterStream(label, teed);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateNCharacterStream(int column, Reader stream, long length) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teed(column, stream, length);
        super.updateNCharacterStream(column, teed, length);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateNCharacterStream(String label, Reader stream, long length) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teed(column(label), stream, length);
        super.updateNCharacterStream(label, teed, length);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateNClob(int column, NClob value) throws SQLException {
        super.updateNClob(column, value);
        Parameters values = values();
        if (values != null) {
            values.setStream(column, value);
        }
    }

    @Override
    public void updateNClob(String label, NClob value) throws SQLException {
        super.updateNClob(label, value);
        Parameters values = values();
        if (values != null) {
            values.setStream(column(label), value);
        }
    }

    @Override
    public void updateNClob(int column, Reader stream) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teedLob(column, stream, Parameters.WHOLE);
        super.updateNClob(column, teed);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateNClob(String label, Reader stream) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teedLob(column(label), stream, Parameters.WHOLE);
        super.updateNClob(label, teed);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateNClob(int column, Reader stream, long length) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teedLob(column, stream, length);
        super.updateNClob(column, teed, length);
        if (values != null) {
            values.setStream(column, teed);
        }
    }

    @Override
    public void updateNClob(String label, Reader stream, long length) throws SQLException {
        Parameters values = values();
        Reader teed = values == null ? stream : values.teedLob(column(label), stream, length);
        super.updateNClob(label, teed, length);
        if (values != null) {
            values.setStream(column(label), teed);
        }
    }

    @Override
    public void updateNString(int column, String value) throws SQLException {
        super.updateNString(column, value);
        Parameters values = values();
        if (values != null) {
            values.setString(column, value);
        }
    }

    @Override
    public void updateNString(String label, String value) throws SQLException {
        super.updateNString(label, value);
        Parameters values = values();
        if (values != null) {
            values.setString(column(label), value);
        }
    }

    @Override
    public void updateNull(int column) throws SQLException {
        super.updateNull(column);
        Parameters values = values();
        if (values != null) {
            values.setNull(column);
        }
    }

    @Override
    public void updateNull(String label) throws SQLException {
        super.updateNull(label);
        Parameters values = values();
        if (values != null) {
            values.setNull(column(label));
        }
    }

    @Override
    public void updateObject(int column, Object value) throws SQLException {
        super.updateObject(column, value);
        Parameters values = values();
        if (values != null) {
            values.setObject(column, value);
        }
    }

    @Override
    public void updateObject(String label, Object value) throws SQLException {
        super.updateObject(label, value);
        Parameters values = values();
        if (values != null) {
            values.setObject(column(label), value);
        }
    }

    @Override
    public void updateObject(int column, Object value, SQLType type) throws SQLException {
        super.updateObject(column, value, type);
        Parameters values = values();
        if (values != null) {
            values.setObject(column, value, type);
        }
    }

    @Override
    public void updateObject(String label, Object value, SQLType type) throws SQLException {
        super.updateObject(label, value, type);
        Parameters values = values();
        if (values != null) {
            values.setObject(column(label), value, type);
        }
    }

    @Override
    public void updateObject(int column, Object value, int scale) throws SQLException {
        super.updateObject(column, value, scale);
        Parameters values = values();
        if (values != null) {
            values.setRounded(column, value);
        }
    }

    @Override
    public void updateObject(String label, Object value, int scale) throws SQLException {
        super.updateObject(label, value, scale);
        Parameters values = values();
        if (values != null) {
            values.setRounded(column(label), value);
        }
    }

    @Override
    public void updateRef(int column, Ref value) throws SQLException {
        super.updateRef(column, value);
        Parameters values = values();
        if (values != null) {
            values.setObject(column, value);
        }
    }

    @Override
    public void updateRef(String label, Ref value) throws SQLException {
        super.updateRef(label, value);
        Parameters values = values();
        if (values != null) {
            values.setObject(column(label), value);
        }
    }

    @Override
    public void updateRowId(int column, RowId value) throws SQLException {
        super.updateRowId(column, value);
        Parameters values = values();
        if (values != null) {
            values.setObject(column, value);
        }
    }

    @Override
    public void updateRowId(String label, RowId value) throws SQLException {
        super.updateRowId(label, value);
        Parameters values = values();
        if (values != null) {
            values.setObject(column(label), value);
        }
    }

    @Override
    public void updateSQLXML(int column, SQLXML value) throws SQLException {
        super.updateSQLXML(column, value);
        Parameters values = values();
        if (values != null) {
            values.setStream(column, value);
        }
    }

    @Override
    public void updateSQLXML(String label, SQLXML value) throws SQLException {
        super.updateSQLXML(label, value);
        Parameters values = values();
        if (values != null) {
            values.setStream(column(label), value);
        }
    }

    @Override
    public void updateShort(int column, short value) throws SQLException {
        super.updateShort(column, value);
        Parameters values = values();
        if (values != null) {
            values.setInteger(column, value);
        }
    }

    @Override
    public void updateShort(String label, short value) throws SQLException {
        super.updateShort(label, value);
        Parameters values = values();
        if (values != null) {
            values.setInteger(column(label), value);
        }
    }

    @Override
    public void updateString(int column, String value) throws SQLException {
        super.updateString(column, value);
        Parameters values = values();
        if (values != null) {
            values.setString(column, value);
        }
    }

    @Override
    public void updateString(String label, String value) throws SQLException {
        super.updateString(label, value);
        Parameters values = values();
        if (values != null) {
            values.setString(column(label), value);
        }
    }

    @Override
    public void updateTime(int column, Time value) throws SQLException {
        super.updateTime(column, value);
        Parameters values = values();
        if (values != null) {
            values.setDate(column, value, null);
        }
    }

    @Override
    public void updateTime(String label, Time value) throws SQLException {
        super.updateTime(label, value);
        Parameters values = values();
        if (values != null) {
            values.setDate(column(label), value, null);
        }
    }

    @Override
    public void updateTimestamp(int column, Timestamp value) throws SQLException {
        super.updateTimestamp(column, value);
        Parameters values = values();
        if (values != null) {
            values.setDate(column, value, null);
        }
    }

    @Override
    public void updateTimestamp(String label, Timestamp value) throws SQLException {
        super.updateTimestamp(label, value);
        Parameters values = values();
        if (values != null) {
            values.setDate(column(label), value, null);
        }
    }
}
