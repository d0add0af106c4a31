package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.LateValue;
import dev.afterimage.jdbc.capture.Session;
import dev.afterimage.jdbc.capture.WrittenText;
import dev.afterimage.jdbc.delegate.DelegatingSQLXML;
import java.io.OutputStream;
import java.io.Writer;
import java.sql.SQLException;
import java.sql.SQLXML;
import javax.xml.transform.Result;
import org.jspecify.annotations.Nullable;

/** An XML value; it leads nowhere, but its content may become a parameter. It can be written to once. */
final class AuditedSQLXML extends DelegatingSQLXML implements LateValue.Holder {

    private final Session session;
    private final boolean created;
    private @Nullable WrittenText content;

    /**
     * Wraps an XML value.
     *
     * @param created whether the application has made it; else it was read from a row
     */
    AuditedSQLXML(SQLXML delegate, Session session, boolean created) {
        super(delegate);
        this.session = session;
        this.created = created;
    }

    private WrittenText content() {
        WrittenText made = content;
        if (made == null) {
            made = new WrittenText(session.capture(), created);
            content = made;
        }
        return made;
    }

    @Override
    public LateValue lateValue() {
        return content().bound();
    }

    @Override
    public void setString(@Nullable String value) throws SQLException {
        delegate().setString(value);
        if (value == null) {
            content().lost();
        } else {
            content().wrote(0, value, 0, value.length());
        }
    }

    @Override
    public @Nullable Writer setCharacterStream() throws SQLException {
        Writer raw = delegate().setCharacterStream();
        return raw == null ? null : content().teed(raw, 0);
    }

    @Override
    public @Nullable OutputStream setBinaryStream() throws SQLException {
        OutputStream raw = delegate().setBinaryStream();
        content().lost();
        return raw;
    }

    @Override
    public <T extends Result> @Nullable T setResult(Class<T> type) throws SQLException {
        T raw = delegate().setResult(type);
        content().lost();
        return raw;
    }
}
