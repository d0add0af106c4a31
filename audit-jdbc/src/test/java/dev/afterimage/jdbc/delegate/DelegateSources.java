package dev.afterimage.jdbc.delegate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;
import java.util.List;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;
import javax.sql.XAConnection;
import javax.sql.XAConnectionBuilder;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/**
 * Generates the delegating classes from the JDBC interfaces of the running JDK.
 *
 * <p>Run {@link #main} by hand when JDBC changes, then {@code spotless:apply}. Java has one superclass for a class, so
 * the delegation of an interface that extends another audited one continues the audited class:
 * {@code DelegatingStatement ← AuditedStatement ← DelegatingPreparedStatement ← AuditedPreparedStatement ← …}. Thus what
 * auditing adds to a statement is written once, for the three kinds of statement.
 */
final class DelegateSources {

    private static final String PROXY_PACKAGE = "dev.afterimage.jdbc.proxy";

    static final List<DelegateClass> CLASSES = List.of(
            DelegateClass.of(Connection.class, true),
            DelegateClass.of(Statement.class, true),
            DelegateClass.of(ResultSet.class, true),
            DelegateClass.of(DatabaseMetaData.class, true),
            DelegateClass.of(Array.class, true),
            DelegateClass.of(Struct.class, true),
            DelegateClass.of(Ref.class, true),
            DelegateClass.of(Blob.class, false),
            DelegateClass.of(Clob.class, false),
            DelegateClass.of(SQLXML.class, false),
            DelegateClass.of(DataSource.class, false),
            DelegateClass.of(ConnectionBuilder.class, false),
            DelegateClass.of(ConnectionPoolDataSource.class, false),
            DelegateClass.of(PooledConnectionBuilder.class, false),
            DelegateClass.of(PooledConnection.class, false),
            DelegateClass.of(XADataSource.class, false),
            DelegateClass.of(XAConnectionBuilder.class, false),
            DelegateClass.of(XAResource.class, false),
            new DelegateClass(
                    NClob.class,
                    DelegateClass.DELEGATE_PACKAGE,
                    "DelegatingClob",
                    List.of(Clob.class),
                    List.of(),
                    false),
            new DelegateClass(
                    PreparedStatement.class,
                    PROXY_PACKAGE,
                    "AuditedStatement",
                    List.of(Statement.class),
                    List.of("AuditedConnection", "connection"),
                    true),
            new DelegateClass(
                    CallableStatement.class,
                    PROXY_PACKAGE,
                    "AuditedPreparedStatement",
                    List.of(PreparedStatement.class),
                    List.of("AuditedConnection", "connection", "@Nullable String", "sql"),
                    true),
            new DelegateClass(
                    XAConnection.class,
                    PROXY_PACKAGE,
                    "AuditedPooledConnection",
                    List.of(PooledConnection.class),
                    List.of("Auditing", "auditing"),
                    false));

    private DelegateSources() {}

    /**
     * Writes all classes.
     *
     * @param args the source root; by default the one of this module, with the module as the working directory
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args.length > 0 ? args[0] : "src/main/java");
        for (DelegateClass each : CLASSES) {
            Files.writeString(file(root, each), each.source());
        }
    }

    static Path file(Path root, DelegateClass each) {
        return root.resolve(each.packageName().replace('.', '/')).resolve(each.name() + ".java");
    }
}
