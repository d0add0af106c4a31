package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.delegate.DelegatingSQLXML;
import java.sql.SQLXML;

/** An XML value; it leads nowhere, but its content may become a parameter. */
final class AuditedSQLXML extends DelegatingSQLXML {

    AuditedSQLXML(SQLXML delegate) {
        super(delegate);
    }
}
