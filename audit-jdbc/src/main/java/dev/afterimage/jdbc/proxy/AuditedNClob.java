package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingNClob;
import java.sql.NClob;

/** A national character large object; it leads nowhere, but it can write. */
final class AuditedNClob extends DelegatingNClob {

    AuditedNClob(NClob delegate) {
        super(delegate);
    }
}
