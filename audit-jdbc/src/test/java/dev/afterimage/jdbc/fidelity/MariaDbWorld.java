package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.TableName;
import dev.afterimage.jdbc.fixture.MariaDbServer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * MariaDB, a server of its own. Its triggers cannot ask for the transaction; with the binary log on, the last global
 * transaction id of the session says how many it has committed. Its cascades fire no triggers: the workload writes those
 * rows of the oracle's table itself.
 */
final class MariaDbWorld extends World {

    /** The oracle's columns before the rows, as SQL; to be followed by operation, schema and table. */
    static final String HEAD =
            "@work, CONCAT(CONNECTION_ID(), ' ', @@last_gtid), CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS INT), ";

    private final MariaDbServer server = MariaDbServer.builder()
            .setting("log-bin", "binlog")
            .setting("binlog-format", "ROW")
            .setting("innodb-flush-log-at-trx-commit", "0")
            .setting("sync-binlog", "0")
            .setting("innodb-buffer-pool-size", "256M")
            .setting("log-bin-trust-function-creators", "1")
            // A client waits for itself where its rows are next to each other: the locks of gaps are not what is
            // tested.
            .setting("transaction-isolation", "READ-COMMITTED")
            .setting("innodb-lock-wait-timeout", "2")
            // A deadlock over the counter of the oracle's own table would undo transactions, and be called error 1467.
            .setting("innodb-autoinc-lock-mode", "2")
            .setting("character-set-server", "utf8mb4")
            .setting("collation-server", "utf8mb4_bin")
            .open();

    @Override
    Product product() {
        return Product.MARIADB;
    }

    @Override
    DataSource bare(String... options) throws SQLException {
        StringBuilder url = new StringBuilder(server.jdbcUrl());
        for (String option : options) {
            url.append('&').append(option);
        }
        return new MariaDbDataSource(url.toString());
    }

    @Override
    String markSql() {
        return "SET @work = ?";
    }

    @Override
    List<String> creates() {
        List<String> creates = new ArrayList<>(List.of(
                "ALTER DATABASE test CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                "CREATE DATABASE other",
                "CREATE DATABASE oracle"));
        // Taking more numbers from a sequence than it has at hand is a transaction in the binary log.
        creates.add("CREATE SEQUENCE book_seq INCREMENT BY 50 CACHE 1000000000");
        creates.add("DO NEXT VALUE FOR book_seq");
        creates.addAll(plainTables());
        creates.addAll(List.of(
                "CREATE TABLE other.item (id INT PRIMARY KEY, owner INT, name VARCHAR(100), price DECIMAL(12,2),"
                        + " note VARCHAR(200))",
                "CREATE TABLE ticket (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100),"
                        + " state VARCHAR(10) DEFAULT 'new', made TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6),"
                        + " twice INT GENERATED ALWAYS AS (CHAR_LENGTH(name) * 2) STORED)",
                "CREATE TABLE part (id INT, region VARCHAR(10), amount INT, PRIMARY KEY (id, region))"
                        + " PARTITION BY LIST COLUMNS (region) (PARTITION part_north VALUES IN ('north'),"
                        + " PARTITION part_rest DEFAULT)",
                "CREATE VIEW item_view AS SELECT id, name FROM item",
                "CREATE TABLE caused_log (id INT AUTO_INCREMENT PRIMARY KEY, note VARCHAR(100))",
                "CREATE TABLE function_log (id INT AUTO_INCREMENT PRIMARY KEY, note VARCHAR(100))",
                caused("INSERT"),
                caused("UPDATE"),
                """
                CREATE FUNCTION side_effect(written TEXT) RETURNS INT
                BEGIN
                    SET @origin = 'FUNCTION';
                    INSERT INTO test.function_log (note) VALUES (written);
                    SET @origin = NULL;
                    RETURN 1;
                END""",
                """
                CREATE PROCEDURE do_effect(written TEXT)
                BEGIN
                    SET @origin = 'FUNCTION';
                    INSERT INTO test.function_log (note) VALUES (written);
                    SET @origin = NULL;
                END"""));
        return creates;
    }

    private static String caused(String operation) {
        return "CREATE TRIGGER caused_" + operation + " AFTER " + operation + " ON caused FOR EACH ROW BEGIN"
                + " SET @origin = 'TRIGGER'; INSERT INTO test.caused_log (note) VALUES (CONCAT('" + operation
                + " ', NEW.id)); SET @origin = NULL; END";
    }

    @Override
    List<String> oracleCreates() {
        return List.of("CREATE TABLE oracle.shadow (sequence BIGINT AUTO_INCREMENT PRIMARY KEY, work VARCHAR(20),"
                + " transaction VARCHAR(100), statement BIGINT, origin VARCHAR(20), operation VARCHAR(10),"
                + " table_schema VARCHAR(64), table_name VARCHAR(64), old_row LONGTEXT, new_row LONGTEXT)");
    }

    @Override
    String oracleTable() {
        return "oracle.shadow";
    }

    @Override
    List<String> watches(TableName table, Shape shape) {
        List<String> watches = new ArrayList<>();
        for (String operation : List.of("INSERT", "UPDATE", "DELETE")) {
            String before = operation.equals("INSERT") ? "NULL" : json("OLD", shape);
            String after = operation.equals("DELETE") ? "NULL" : json("NEW", shape);
            watches.add("CREATE TRIGGER " + table.catalog() + ".`shadow " + table.name() + operation + "` AFTER "
                    + operation
                    + " ON " + table.catalog() + "." + quoted(table.name())
                    + " FOR EACH ROW INSERT INTO oracle.shadow ("
                    + String.join(", ", Oracle.COLUMNS) + ") VALUES (" + HEAD
                    + "IF(@work = 'other', 'OTHER_CLIENT', COALESCE(@origin, 'STATEMENT')), '" + operation + "', '"
                    + table.catalog() + "', '" + table.name() + "', " + before + ", " + after + ")");
        }
        return watches;
    }

    static String json(String row, Shape shape) {
        return shape.table().columns().stream()
                .map(column -> "'" + column.name() + "', " + cell(row, column))
                .collect(Collectors.joining(", ", "JSON_OBJECT(", ")"));
    }

    private static String cell(String row, Column column) {
        String cell = (row.isEmpty() ? "" : row + ".") + "`" + column.name() + "`";
        return column.type().kind() == ColumnType.Kind.BYTES
                ? "LOWER(HEX(" + cell + "))"
                : "CAST(" + cell + " AS CHAR CHARACTER SET utf8mb4)";
    }

    /** What tells the oracle of the rows that the deletion of a parent is about to take along. */
    List<String> cascades(int parent) {
        String insert =
                "INSERT INTO oracle.shadow (" + String.join(", ", Oracle.COLUMNS) + ") SELECT " + HEAD + "'CASCADE', ";
        String where = " WHERE parent_id = " + parent;
        return List.of(
                insert + "'DELETE', 'test', 'cascade_child', JSON_OBJECT('id', id), NULL FROM cascade_child" + where,
                insert + "'UPDATE', 'test', 'cascade_orphan', JSON_OBJECT('id', id), JSON_OBJECT('id', id)"
                        + " FROM cascade_orphan" + where);
    }

    @Override
    TableName name(String schema, String table) {
        return new TableName(schema.equals("public") ? "test" : schema, null, table);
    }

    @Override
    public void close() {
        server.close();
    }
}
