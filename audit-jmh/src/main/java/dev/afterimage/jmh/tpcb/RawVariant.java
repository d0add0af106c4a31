package dev.afterimage.jmh.tpcb;

import com.zaxxer.hikari.HikariDataSource;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** The bare pool. */
final class RawVariant implements Variant {

    static final String NAME = "raw";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Kind kind() {
        return Kind.RAW;
    }

    @Override
    public String note() {
        return "HikariCP over the driver, no audit";
    }

    @Override
    public Recording open(Database database, Condition condition) {
        HikariDataSource pool = database.pool(condition);
        return new Recording() {
            @Override
            public DataSource dataSource() {
                return pool;
            }

            @Override
            public OptionalLong recorded() {
                return OptionalLong.empty();
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }
}
