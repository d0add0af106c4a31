package dev.afterimage.jdbc.driver;

import dev.afterimage.jdbc.delegate.Outgoing;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;
import org.jspecify.annotations.Nullable;

/** Lets everything out as it is: no application sees it. */
final class Bare implements Outgoing {

    static final Bare BARE = new Bare();

    private Bare() {}

    @Override
    public @Nullable Connection connection(@Nullable Connection raw) {
        return raw;
    }

    @Override
    public @Nullable Statement statement(@Nullable Statement raw) {
        return raw;
    }

    @Override
    public @Nullable ResultSet resultSet(@Nullable ResultSet raw) {
        return raw;
    }

    @Override
    public @Nullable DatabaseMetaData metaData(@Nullable DatabaseMetaData raw) {
        return raw;
    }

    @Override
    public @Nullable Array array(@Nullable Array raw) {
        return raw;
    }

    @Override
    public @Nullable Blob blob(@Nullable Blob raw) {
        return raw;
    }

    @Override
    public @Nullable Clob clob(@Nullable Clob raw) {
        return raw;
    }

    @Override
    public @Nullable NClob nClob(@Nullable NClob raw) {
        return raw;
    }

    @Override
    public @Nullable SQLXML sqlXml(@Nullable SQLXML raw) {
        return raw;
    }

    @Override
    public @Nullable Ref ref(@Nullable Ref raw) {
        return raw;
    }

    @Override
    public @Nullable Struct struct(@Nullable Struct raw) {
        return raw;
    }

    @Override
    public @Nullable Object object(@Nullable Object raw) {
        return raw;
    }

    @Override
    public <T> @Nullable T object(@Nullable T raw, Class<T> type) {
        return raw;
    }

    @Override
    public Object @Nullable [] objects(Object @Nullable [] raw) {
        return raw;
    }
}
