package dev.afterimage.jdbc.fidelity;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** H2's triggers and functions are Java: what runs inside the database. Public because H2 looks them up by name. */
public final class H2Triggers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private H2Triggers() {}

    /** A function with a side effect; called by H2. */
    public static int sideEffect(Connection connection, String note) throws SQLException {
        insertAs(connection, "FUNCTION", "function_log", note);
        return 1;
    }

    private static void insertAs(Connection connection, String origin, String table, String note) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO PUBLIC." + table + " (note) VALUES (?)")) {
            statement.execute("SET @ORIGIN = '" + origin + "'");
            insert.setString(1, note);
            insert.executeUpdate();
            statement.execute("SET @ORIGIN = NULL");
        }
    }

    /** The application's own trigger. */
    public static final class Caused implements Trigger {
        @Override
        public void fire(Connection connection, Object @Nullable [] before, Object @Nullable [] after)
                throws SQLException {
            insertAs(connection, "TRIGGER", "caused_log", after == null ? "" : "row " + after[0]);
        }
    }

    /** Counts statements. */
    public static final class Counter implements Trigger {
        @Override
        public void fire(Connection connection, Object @Nullable [] before, Object @Nullable [] after)
                throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET @STATEMENT = NEXT VALUE FOR oracle.statements");
            }
        }
    }

    /** Keeps row changes. */
    public static final class Shadow implements Trigger {

        private String schema = "";
        private String table = "";
        private String[] columns = {};

        @Override
        public void init(Connection connection, String schema, String trigger, String table, boolean before, int type)
                throws SQLException {
            this.schema = schema;
            this.table = table;
            List<String> names = new ArrayList<>();
            try (ResultSet row = connection.getMetaData().getColumns(null, schema, table.replace("_", "\\_"), null)) {
                while (row.next()) {
                    names.add(row.getString("COLUMN_NAME"));
                }
            }
            columns = names.toArray(String[]::new);
        }

        @Override
        public void fire(Connection connection, Object @Nullable [] before, Object @Nullable [] after)
                throws SQLException {
            String operation = before == null ? "INSERT" : after == null ? "DELETE" : "UPDATE";
            String cause = table.startsWith("CASCADE") && before != null ? "'CASCADE'" : "'STATEMENT'";
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO oracle.shadow ("
                    + String.join(", ", Oracle.COLUMNS) + ") VALUES (@WORK, TRANSACTION_ID(), @STATEMENT,"
                    + " CASE WHEN @WORK = 'other' THEN 'OTHER_CLIENT' ELSE COALESCE(@ORIGIN, " + cause
                    + ") END, ?, ?, ?, ?, ?)")) {
                insert.setString(1, operation);
                insert.setString(2, schema);
                insert.setString(3, table);
                insert.setString(4, json(before));
                insert.setString(5, json(after));
                insert.executeUpdate();
            }
        }

        private @Nullable String json(Object @Nullable [] row) throws SQLException {
            if (row == null) {
                return null;
            }
            Map<String, @Nullable String> cells = new LinkedHashMap<>();
            for (int i = 0; i < row.length; i++) {
                cells.put(columns[i], text(row[i]));
            }
            try {
                return JSON.writeValueAsString(cells);
            } catch (IOException e) {
                throw new SQLException(e);
            }
        }

        private static @Nullable String text(@Nullable Object cell) throws SQLException {
            if (cell instanceof byte[] bytes) {
                return HexFormat.of().formatHex(bytes);
            }
            if (cell instanceof Clob clob) {
                return clob.getSubString(1, (int) clob.length());
            }
            return cell == null ? null : cell.toString();
        }
    }
}
