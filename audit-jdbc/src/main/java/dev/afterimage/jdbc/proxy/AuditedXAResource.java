package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingXAResource;
import javax.transaction.xa.XAResource;

/** What a transaction manager drives a branch with. */
final class AuditedXAResource extends DelegatingXAResource {

    AuditedXAResource(XAResource delegate) {
        super(delegate);
    }

    /** Whether this stands in front of that very resource. */
    boolean wraps(XAResource raw) {
        return delegate() == raw;
    }
}
