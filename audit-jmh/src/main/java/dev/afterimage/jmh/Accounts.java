package dev.afterimage.jmh;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The one table of the benchmarks. */
final class Accounts {

    static final String UPDATE = "update account set owner = ?, balance = ? where id = ?";
    static final String SELECT = "select id, owner from account";
    static final int ROWS = 1024;

    private Accounts() {}

    /** Makes the table in H2, if it is not there, and fills it. */
    static void create(DataSource h2) {
        try (Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists account"
                    + " (id int primary key, owner varchar(100) not null, balance int not null)");
            statement.execute("merge into account select x, 'nobody', 0 from system_range(0, " + (ROWS - 1) + ")");
        } catch (SQLException e) {
            throw new IllegalStateException("The table account cannot be made", e);
        }
    }
}
