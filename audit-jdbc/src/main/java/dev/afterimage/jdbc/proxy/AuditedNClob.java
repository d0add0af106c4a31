package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.LateValue;
import dev.afterimage.jdbc.delegate.DelegatingNClob;
import java.io.OutputStream;
import java.io.Writer;
import java.sql.NClob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A national character large object; it leads nowhere, but it can write, and what is written may become a parameter. */
final class AuditedNClob extends DelegatingNClob implements LateValue.Holder {

    private final ClobWriting writing;

    AuditedNClob(NClob delegate, ClobWriting writing) {
        super(delegate);
        this.writing = writing;
    }

    @Override
    public LateValue lateValue() {
        return writing.content().bound();
    }

    @Override
    public int setString(long position, String text) throws SQLException {
        return writing.wrote(position, text, 0, delegate().setString(position, text));
    }

    @Override
    public int setString(long position, String text, int from, int length) throws SQLException {
        return writing.wrote(position, text, from, delegate().setString(position, text, from, length));
    }

    @Override
    public @Nullable OutputStream setAsciiStream(long position) throws SQLException {
        return writing.unseen(delegate().setAsciiStream(position));
    }

    @Override
    public @Nullable Writer setCharacterStream(long position) throws SQLException {
        return writing.teed(delegate().setCharacterStream(position), position);
    }

    @Override
    public void truncate(long length) throws SQLException {
        delegate().truncate(length);
        writing.truncated(length);
    }
}
