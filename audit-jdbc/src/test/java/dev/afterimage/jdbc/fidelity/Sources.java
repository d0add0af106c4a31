package dev.afterimage.jdbc.fidelity;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.fidelity.World.Product;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** The audited data sources that applications would have: without a pool, above one, below one, with driver options. */
final class Sources implements AutoCloseable {

    private final DataSource plain;
    private final DataSource rewriting;
    private final DataSource abovePool;
    private final HikariDataSource belowPool;
    private final List<HikariDataSource> pools;

    Sources(World world, AuditTrail trail) throws SQLException {
        HikariDataSource background = pool(world.bare(), 2);
        plain = audited(world.bare(), trail, background);
        rewriting = audited(
                world.bare(
                        world.is(Product.POSTGRESQL)
                                ? "reWriteBatchedInserts=true"
                                : world.is(Product.MARIADB) ? "useBulkStmts=true" : ""),
                trail,
                background);
        HikariDataSource below = pool(world.bare(), World.THREADS * 2);
        abovePool = audited(below, trail, background);
        belowPool = pool(plain, World.THREADS * 2);
        pools = List.of(below, belowPool, background);
    }

    private static DataSource audited(DataSource bare, AuditTrail trail, DataSource background) {
        return AuditDataSource.builder(bare, trail).background(background).build();
    }

    private static HikariDataSource pool(DataSource bare, int size) {
        HikariConfig configuration = new HikariConfig();
        configuration.setDataSource(bare);
        configuration.setMaximumPoolSize(size);
        configuration.setMinimumIdle(1);
        return new HikariDataSource(configuration);
    }

    /** Audited, above a pool. */
    DataSource abovePool() {
        return abovePool;
    }

    /** Audited, below a pool. */
    DataSource belowPool() {
        return belowPool;
    }

    /** A connection that the caller closes after each work. */
    Connection pooled(boolean above) throws SQLException {
        return above ? abovePool.getConnection() : belowPool.getConnection();
    }

    /** A connection that the caller keeps. */
    Connection kept(boolean rewrites) throws SQLException {
        return rewrites ? rewriting.getConnection() : plain.getConnection();
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
    }
}
