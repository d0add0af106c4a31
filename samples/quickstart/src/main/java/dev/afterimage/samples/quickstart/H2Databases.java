package dev.afterimage.samples.quickstart;

import dev.afterimage.core.table.TableName;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;

/**
 * Two H2 databases in this JVM, reached by others through a port. H2 has no replica: the server reads the production
 * database itself, after a fixed delay.
 */
final class H2Databases implements Databases {

    private static final String USER = "sa";

    private final Server server;
    private final DataSource production = dataSource("jdbc:h2:mem:office;DB_CLOSE_DELAY=-1");
    private final DataSource store = dataSource("jdbc:h2:mem:audit;DB_CLOSE_DELAY=-1");

    private H2Databases(Server server) {
        this.server = server;
    }

    static H2Databases open() throws SQLException {
        H2Databases databases =
                new H2Databases(Server.createTcpServer("-tcpPort", "0").start());
        // A database in memory comes to be by its first connection, which must be one of this JVM.
        databases.production.getConnection().close();
        databases.store.getConnection().close();
        return databases;
    }

    private static DataSource dataSource(String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        dataSource.setUser(USER);
        return dataSource;
    }

    private String url(String database) {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:" + database + ";USER=" + USER;
    }

    @Override
    public String description() {
        return "H2 on port " + server.getPort() + ": databases office and audit; no replica, a delay of one second";
    }

    @Override
    public DataSource production() {
        return production;
    }

    @Override
    public String productionUrl() {
        return url("office");
    }

    @Override
    public String replicaUrl() {
        return url("office");
    }

    @Override
    public DataSource store() {
        return store;
    }

    @Override
    public String storeUrl() {
        return url("audit");
    }

    @Override
    public TableName table(String name) {
        return TableName.of("PUBLIC", column(name));
    }

    @Override
    public String column(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    public boolean canPause() {
        return false;
    }

    @Override
    public long pauseReplica() {
        throw new UnsupportedOperationException("H2 has no replica");
    }

    @Override
    public void resumeReplica() {
        throw new UnsupportedOperationException("H2 has no replica");
    }

    @Override
    public void close() {
        server.stop();
    }
}
