package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.Outgoing;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;
import java.util.Date;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Knows which wrapper belongs to which driver object, for everything that one connection returns.
 *
 * <p>The wrapper of the metadata is remembered without synchronization: two threads that ask at once may get two
 * wrappers, which are interchangeable.
 */
final class Wrapping implements Outgoing {

    private final AuditedConnection connection;
    private @Nullable AuditedDatabaseMetaData metaData;

    Wrapping(AuditedConnection connection) {
        this.connection = connection;
    }

    @Override
    public @Nullable Connection connection(@Nullable Connection raw) {
        return raw == null ? null : connection;
    }

    @Override
    public @Nullable AuditedStatement statement(@Nullable Statement raw) {
        if (raw == null) {
            return null;
        }
        if (raw instanceof CallableStatement callable) {
            return new AuditedCallableStatement(callable, connection, null);
        }
        return raw instanceof PreparedStatement prepared
                ? new AuditedPreparedStatement(prepared, connection, null)
                : new AuditedStatement(raw, connection);
    }

    @Override
    public @Nullable ResultSet resultSet(@Nullable ResultSet raw) {
        return raw == null ? null : new AuditedResultSet(raw, connection, null);
    }

    @Override
    public @Nullable DatabaseMetaData metaData(@Nullable DatabaseMetaData raw) {
        if (raw == null) {
            return null;
        }
        AuditedDatabaseMetaData known = metaData;
        if (known == null || !known.wraps(raw)) {
            known = new AuditedDatabaseMetaData(raw, connection);
            metaData = known;
        }
        return known;
    }

    @Override
    public @Nullable Array array(@Nullable Array raw) {
        return raw == null ? null : new AuditedArray(raw, connection);
    }

    @Override
    public @Nullable Blob blob(@Nullable Blob raw) {
        return raw == null ? null : new AuditedBlob(raw, connection.session(), false);
    }

    /** For a character large object that comes from a row. */
    private ClobWriting read() {
        return new ClobWriting(connection.session(), false);
    }

    @Override
    public @Nullable Clob clob(@Nullable Clob raw) {
        if (raw instanceof NClob national) {
            return new AuditedNClob(national, read());
        }
        return raw == null ? null : new AuditedClob(raw, read());
    }

    @Override
    public @Nullable NClob nClob(@Nullable NClob raw) {
        return raw == null ? null : new AuditedNClob(raw, read());
    }

    @Override
    public @Nullable SQLXML sqlXml(@Nullable SQLXML raw) {
        return raw == null ? null : new AuditedSQLXML(raw, connection.session(), false);
    }

    @Override
    public @Nullable Ref ref(@Nullable Ref raw) {
        return raw == null ? null : new AuditedRef(raw, connection);
    }

    @Override
    public @Nullable Struct struct(@Nullable Struct raw) {
        return raw == null ? null : new AuditedStruct(raw, connection);
    }

    @Override
    public @Nullable Object object(@Nullable Object raw) {
        return raw == null || isPlain(raw) ? raw : wrapped(raw);
    }

    @Override
    public <T> @Nullable T object(@Nullable T raw, Class<T> type) throws SQLException {
        Object wrapper = object((Object) raw);
        if (raw == null || wrapper == raw) {
            return raw;
        }
        if (type.isInstance(wrapper)) {
            return type.cast(wrapper);
        }
        // A class of the driver was asked for by name: an unwrap in another form.
        connection.unwrapped(type);
        return raw;
    }

    @Override
    public Object @Nullable [] objects(Object @Nullable [] raw) {
        if (raw == null || !mayHoldJdbcObjects(raw.getClass().getComponentType())) {
            return raw;
        }
        Object[] result = raw;
        for (int i = 0; i < raw.length; i++) {
            Object element = object(raw[i]);
            if (element != raw[i]) {
                result = result == raw ? raw.clone() : result;
                result[i] = element;
            }
        }
        return result;
    }

    /** Sorts out the values of almost every column by tests against classes, which cost less than against interfaces. */
    private static boolean isPlain(Object value) {
        return value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Date
                || value instanceof UUID
                || value instanceof byte[];
    }

    private static boolean mayHoldJdbcObjects(Class<?> elements) {
        return elements.isInterface() || elements.isArray() || elements == Object.class;
    }

    private @Nullable Object wrapped(Object raw) {
        if (raw instanceof ResultSet resultSet) {
            return resultSet(resultSet);
        }
        if (raw instanceof Array array) {
            return array(array);
        }
        if (raw instanceof Blob blob) {
            return blob(blob);
        }
        if (raw instanceof Clob clob) {
            return clob(clob);
        }
        if (raw instanceof SQLXML xml) {
            return sqlXml(xml);
        }
        if (raw instanceof Struct struct) {
            return struct(struct);
        }
        if (raw instanceof Ref ref) {
            return ref(ref);
        }
        return raw instanceof Object[] values ? objects(values) : raw;
    }
}
