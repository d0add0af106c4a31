package dev.afterimage.jdbc.outbox;

import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.config.Setting;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Makes the tables if they are not there, several processes at once too, and tries whether they can be used. */
final class OutboxSchema {

    private static final Pattern NAME = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*\\.)?[A-Za-z_][A-Za-z0-9_]*");

    /** Two processes that make one table at once hinder each other, once for each thing that is made. */
    private static final int ATTEMPTS = 5;

    private final String source;
    private final Database database;
    private final DataSource connections;
    private final String given;

    OutboxSchema(String source, DataSource connections, String given) {
        this.source = source;
        this.connections = connections;
        this.database = new Database(connections);
        this.given = given;
    }

    /**
     * The tables, ready to be used.
     *
     * @throws ConfigurationException if they cannot be
     */
    OutboxTables open() {
        if (!NAME.matcher(given).matches()) {
            throw new ConfigurationException(
                    "Property " + Setting.OUTBOX_TABLE.key() + "=" + given
                            + " names no table. Allowed: letters, digits and underscores, with a schema before a dot if need be");
        }
        OutboxTables tables = locate();
        SQLException last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                if (!exist(tables)) {
                    create(tables);
                }
                seed(tables);
                check(tables);
                return tables;
            } catch (SQLException e) {
                last = e;
            }
        }
        throw new ConfigurationException("Property " + Setting.DURABILITY.key() + "=database needs the tables "
                + tables.name() + " and " + tables.relay() + " in the database of " + source
                + ", and they cannot be made or used: " + last
                + ". Let the user of the application create tables in that"
                + " schema, or make them and grant " + tables.dialect().grants(tables.name()) + " to it");
    }

    private OutboxTables locate() {
        try (Connection connection = connections.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            OutboxDialect dialect = OutboxDialect.of(product);
            if (dialect == null) {
                throw new ConfigurationException("Property " + Setting.DURABILITY.key()
                        + "=database works with PostgreSQL, MariaDB and H2; the database of " + source + " is "
                        + product);
            }
            OutboxTables tables = new OutboxTables(dialect, qualified(connection, dialect));
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return tables;
        } catch (SQLException e) {
            throw new ConfigurationException("Property " + Setting.DURABILITY.key() + "=database needs the database of "
                    + source + " at the start, and it cannot be reached: " + e);
        }
    }

    /** With the schema of today: the application's connections may look elsewhere later. */
    private String qualified(Connection connection, OutboxDialect dialect) throws SQLException {
        if (given.indexOf('.') >= 0) {
            return given;
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + dialect.currentSchema)) {
            String schema = row.next() ? row.getString(1) : null;
            return schema == null ? given : dialect.quoted(schema) + "." + given;
        }
    }

    private boolean exist(OutboxTables tables) {
        try {
            return database.inTransaction(connection -> {
                run(connection, "SELECT id FROM " + tables.name() + " WHERE id < 0");
                run(connection, "SELECT id FROM " + tables.relay() + " WHERE id < 0");
                return true;
            });
        } catch (SQLException notThere) {
            return false;
        }
    }

    private void create(OutboxTables tables) throws SQLException {
        for (String create : tables.dialect().creates(tables.name())) {
            database.inTransaction(connection -> {
                run(connection, create);
                return true;
            });
        }
    }

    private void seed(OutboxTables tables) throws SQLException {
        database.inTransaction(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT id FROM " + tables.relay() + " WHERE id = 1")) {
                if (row.next()) {
                    return true;
                }
            }
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + tables.relay()
                    + " (id, instance, next_sequence, holder, held_until, numbered) VALUES (1, ?, 1, 0, 0, ?)")) {
                insert.setLong(1, new SecureRandom().nextLong());
                insert.setBytes(2, new byte[0]);
                insert.executeUpdate();
            }
            return true;
        });
    }

    /** All that is done later, on no rows, or on one that is taken back. */
    private void check(OutboxTables tables) throws SQLException {
        database.inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(tables.insert())) {
                insert.setString(1, source);
                for (int i = 2; i <= 6; i++) {
                    insert.setLong(i, 0);
                }
                insert.setBytes(7, new byte[0]);
                insert.executeUpdate();
            }
            run(connection, "DELETE FROM " + tables.name() + " WHERE id < 0");
            run(connection, "UPDATE " + tables.relay() + " SET holder = 0 WHERE id < 0");
            connection.rollback();
            return true;
        });
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
