package dev.afterimage.samples.quickstart;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;

/** Numbers about the audit store, by plain SQL: the history is a table like any other. */
final class Ledger {

    private final DataSource store;

    Ledger(DataSource store) {
        this.store = store;
    }

    /** Everything that has arrived: changes and gaps. */
    long size() throws SQLException {
        return number("SELECT (SELECT count(*) FROM audit_history) + (SELECT count(*) FROM audit_history_gap)");
    }

    /** Row changes whose commit lies after a position in the production database's log. */
    long readPast(long position) throws SQLException {
        return number(
                "SELECT count(*) FROM audit_history WHERE row_key IS NOT NULL AND fence_not_before > " + position);
    }

    /** The key of the row of a table that has the longest history still going on. */
    String busiestRow(String table) throws SQLException {
        try (Connection connection = store.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT row_key FROM audit_history WHERE table_name = ? AND row_key IS NOT NULL"
                                + " GROUP BY row_key ORDER BY count(*) DESC, row_key LIMIT 1")) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** Times from commit to stored, in milliseconds, in ascending order. */
    List<Double> lags() throws SQLException {
        List<Double> lags = new ArrayList<>();
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT recorded_at - committed_at FROM audit_history")) {
            while (row.next()) {
                lags.add(row.getLong(1) / 1000.0);
            }
        }
        Collections.sort(lags);
        return lags;
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
