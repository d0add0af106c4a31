package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.Session;
import dev.afterimage.jdbc.capture.WrittenText;
import java.io.OutputStream;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** What both kinds of character large objects do when they are written to. */
final class ClobWriting {

    private final Session session;
    private final boolean created;
    private @Nullable WrittenText content;

    /**
     * Begins with an object.
     *
     * @param created whether the application has made it; else it was read from a row
     */
    ClobWriting(Session session, boolean created) {
        this.session = session;
        this.created = created;
    }

    WrittenText content() {
        WrittenText made = content;
        if (made == null) {
            made = new WrittenText(session.capture(), created);
            content = made;
        }
        return made;
    }

    private void changed(String how) {
        if (!created) {
            session.lobChanged(how);
        }
    }

    int wrote(long position, String text, int from, int count) {
        content().wrote(position - 1, text, from, count);
        changed("setString");
        return count;
    }

    @Nullable
    OutputStream unseen(@Nullable OutputStream raw) {
        content().lost();
        changed("setAsciiStream");
        return raw;
    }

    @Nullable
    Writer teed(@Nullable Writer raw, long position) {
        changed("setCharacterStream");
        return raw == null ? null : content().teed(raw, position - 1);
    }

    void truncated(long length) {
        content().truncated(length);
        changed("truncate");
    }
}
