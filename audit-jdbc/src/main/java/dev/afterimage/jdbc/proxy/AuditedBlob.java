package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.LateValue;
import dev.afterimage.jdbc.capture.Session;
import dev.afterimage.jdbc.capture.WrittenBlob;
import dev.afterimage.jdbc.delegate.DelegatingBlob;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A binary large object; it leads nowhere, but it can write, and what is written may become a parameter. */
final class AuditedBlob extends DelegatingBlob implements LateValue.Holder {

    private final Session session;
    private final boolean created;
    private @Nullable WrittenBlob content;

    /**
     * Wraps a blob.
     *
     * @param created whether the application has made it; else it was read from a row
     */
    AuditedBlob(Blob delegate, Session session, boolean created) {
        super(delegate);
        this.session = session;
        this.created = created;
    }

    @Override
    public LateValue lateValue() {
        return content().bound();
    }

    private WrittenBlob content() {
        WrittenBlob made = content;
        if (made == null) {
            made = new WrittenBlob(session.capture(), created);
            content = made;
        }
        return made;
    }

    private void changed(String how) {
        if (!created) {
            session.lobChanged(how);
        }
    }

    @Override
    public int setBytes(long position, byte[] bytes) throws SQLException {
        int count = delegate().setBytes(position, bytes);
        content().wrote(position - 1, bytes, 0, count);
        changed("setBytes");
        return count;
    }

    @Override
    public int setBytes(long position, byte[] bytes, int from, int length) throws SQLException {
        int count = delegate().setBytes(position, bytes, from, length);
        content().wrote(position - 1, bytes, from, count);
        changed("setBytes");
        return count;
    }

    @Override
    public @Nullable OutputStream setBinaryStream(long position) throws SQLException {
        OutputStream raw = delegate().setBinaryStream(position);
        changed("setBinaryStream");
        return raw == null ? null : content().teed(raw, position - 1);
    }

    @Override
    public void truncate(long length) throws SQLException {
        delegate().truncate(length);
        content().truncated(length);
        changed("truncate");
    }
}
