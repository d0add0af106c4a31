package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingBlob;
import java.sql.Blob;

/** A binary large object; it leads nowhere, but it can write. */
final class AuditedBlob extends DelegatingBlob {

    AuditedBlob(Blob delegate) {
        super(delegate);
    }
}
