package dev.afterimage.jdbc.proxy;

import dev.afterimage.jdbc.capture.Branches;
import dev.afterimage.jdbc.conformance.Conformance;
import dev.afterimage.jdbc.conformance.StubDriver;
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
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;
import javax.sql.XAConnection;
import javax.sql.XAConnectionBuilder;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/** How every interface of JDBC that leads to data is wrapped. */
final class Surface {

    private static final Auditing ALLOW = new TestAuditing();

    private Surface() {}

    static Conformance conformance() {
        Conformance kit = new Conformance();
        dataSources(kit);
        statements(kit);
        values(kit);
        return kit;
    }

    static AuditedConnection connection(StubDriver driver) {
        return new AuditedConnection(driver.object(Connection.class), ALLOW);
    }

    private static void dataSources(Conformance kit) {
        kit.wrapping(DataSource.class, (raw, driver) -> new AuditedDataSource(raw, ALLOW))
                .wrapping(ConnectionBuilder.class, (raw, driver) -> new AuditedConnectionBuilder(raw, ALLOW))
                .wrapping(ConnectionPoolDataSource.class, (raw, d) -> new AuditedConnectionPoolDataSource(raw, ALLOW))
                .wrapping(PooledConnectionBuilder.class, (raw, d) -> new AuditedPooledConnectionBuilder(raw, ALLOW))
                .wrapping(PooledConnection.class, (raw, driver) -> new AuditedPooledConnection(raw, ALLOW))
                .wrapping(XADataSource.class, (raw, driver) -> new AuditedXADataSource(raw, ALLOW))
                .wrapping(XAConnectionBuilder.class, (raw, driver) -> new AuditedXAConnectionBuilder(raw, ALLOW))
                .wrapping(XAConnection.class, (raw, driver) -> new AuditedXAConnection(raw, ALLOW))
                .wrapping(
                        XAResource.class, (raw, driver) -> new AuditedXAResource(raw, new Branches(ALLOW.prepared())));
    }

    private static void statements(Conformance kit) {
        kit.wrapping(Connection.class, (raw, driver) -> new AuditedConnection(raw, ALLOW))
                .wrapping(Statement.class, (raw, driver) -> new AuditedStatement(raw, connection(driver)))
                .wrapping(
                        PreparedStatement.class,
                        (raw, driver) -> new AuditedPreparedStatement(raw, connection(driver), "select 1"))
                .wrapping(
                        CallableStatement.class,
                        (raw, driver) -> new AuditedCallableStatement(raw, connection(driver), "call p()"))
                .wrapping(ResultSet.class, (raw, driver) -> new UpdatableResultSet(raw, connection(driver), null, null))
                .wrapping(
                        DatabaseMetaData.class, (raw, driver) -> new AuditedDatabaseMetaData(raw, connection(driver)));
    }

    private static ClobWriting lob(StubDriver driver) {
        return new ClobWriting(connection(driver).session(), false);
    }

    private static void values(Conformance kit) {
        kit.wrapping(Array.class, (raw, driver) -> new AuditedArray(raw, connection(driver)))
                .wrapping(Struct.class, (raw, driver) -> new AuditedStruct(raw, connection(driver)))
                .wrapping(Ref.class, (raw, driver) -> new AuditedRef(raw, connection(driver)))
                .wrapping(
                        Blob.class,
                        (raw, driver) -> new AuditedBlob(raw, connection(driver).session(), false))
                .wrapping(Clob.class, (raw, driver) -> new AuditedClob(raw, lob(driver)))
                .wrapping(NClob.class, (raw, driver) -> new AuditedNClob(raw, lob(driver)))
                .wrapping(
                        SQLXML.class,
                        (raw, driver) ->
                                new AuditedSQLXML(raw, connection(driver).session(), false));
    }
}
