package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingClob;
import java.sql.Clob;

/** A character large object; it leads nowhere, but it can write. */
final class AuditedClob extends DelegatingClob {

    AuditedClob(Clob delegate) {
        super(delegate);
    }
}
