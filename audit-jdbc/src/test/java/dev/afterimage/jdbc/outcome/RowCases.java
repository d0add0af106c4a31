package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.MARIADB;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.value.Value;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that are changed through a result set are told as rows, by their keys. */
abstract class RowCases extends Cases {

    RowCases(TestDatabase database) throws SQLException {
        super(database);
    }

    @BeforeEach
    void rows() throws SQLException {
        try (Connection bare = database().dataSource().getConnection()) {
            run(bare, insert(1), insert(2), insert(3), "DELETE FROM witness");
        }
    }

    /** What a test does with the rows of a query. */
    @FunctionalInterface
    private interface Work {
        void on(ResultSet rows) throws SQLException;
    }

    private static void change(Connection connection, String query, Work work) throws SQLException {
        try (Statement statement =
                        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = statement.executeQuery(query)) {
            work.on(rows);
        }
    }

    private void change(String query, Work work) throws SQLException {
        try (Connection connection = trial().connection()) {
            change(connection, query, work);
        }
    }

    @Test
    void anUpdatedRow() throws SQLException {
        change("SELECT id, name FROM item ORDER BY id", rows -> {
            rows.absolute(2);
            rows.updateString(2, "x");
            rows.updateRow();
            rows.updateString("NAME", "y");
            rows.updateRow();
        });
        assertThat(trial().told()).containsExactly("UPDATE item 2 'x'", "UPDATE item 2 'y'");
        trial().agrees();
    }

    @Test
    void anInsertedRow() throws SQLException {
        change("SELECT * FROM item", rows -> {
            rows.moveToInsertRow();
            rows.updateInt("id", 7);
            rows.updateString("name", "x");
            rows.insertRow();
            rows.moveToCurrentRow();
        });
        assertThat(trial().told()).containsExactly("INSERT item 7 'x'");
        trial().agrees();
    }

    @Test
    void aDeletedRow() throws SQLException {
        change("SELECT name, id FROM item ORDER BY id", rows -> {
            rows.next();
            rows.deleteRow();
        });
        assertThat(trial().told()).containsExactly("DELETE item 1");
        trial().agrees();
    }

    @Test
    void aRowWithANewKey() throws SQLException {
        change("SELECT id, name FROM item ORDER BY id", rows -> {
            rows.next();
            rows.updateInt(1, 10);
            rows.updateRow();
            rows.updateNull(2);
            rows.updateRow();
        });
        assertThat(trial().told()).containsExactly("UPDATE item 1>10", "UPDATE item 10");
    }

    @Test
    void columnsUnderOtherNamesInATransaction() throws SQLException {
        // PostgreSQL's driver cannot do without the columns' own names.
        String names = is(POSTGRESQL) ? "i.name, i.id" : "i.name AS id, i.id n";
        String query = "SELECT " + names + " FROM item i WHERE i.id < 3 ORDER BY i.id";
        try (Connection connection = begin()) {
            change(connection, query, rows -> {
                rows.next();
                rows.updateString(1, "x");
                rows.updateRow();
                rows.next();
                rows.deleteRow();
            });
            assertThat(trial().told()).isEmpty();
            connection.commit();
        }
        assertThat(trial().told()).containsExactly("UPDATE item 1 'x'", "DELETE item 2");
        trial().agrees();
    }

    /** PostgreSQL's driver fails, but only after the row has been changed. */
    @Test
    void aRowThatIsChangedAlthoughTheDriverFails() throws SQLException {
        only(POSTGRESQL);
        change("SELECT id, name AS n FROM item WHERE id = 1", rows -> {
            rows.next();
            rows.updateString("n", "x");
            assertThatThrownBy(rows::updateRow).isInstanceOf(SQLException.class);
        });
        assertThat(trial().happened()).containsExactly("UPDATE item 1 'x'");
        assertThat(trial().told()).containsExactly("GAP ROWS_UNKNOWN");
    }

    /** PostgreSQL's driver takes the column that is labelled like the key for the key: that is the row it changes. */
    @Test
    void aLabelThatPretendsToBeTheKey() throws SQLException {
        only(POSTGRESQL);
        try (Connection connection = trial().connection()) {
            run(connection, "INSERT INTO coded VALUES ('a', 'b'), ('b', 'c')");
            change(connection, "SELECT code AS name, name AS code FROM coded WHERE code = 'a'", rows -> {
                rows.next();
                rows.deleteRow();
            });
            run(connection, "DELETE FROM coded WHERE code = 'a'");
        }
        assertThat(trial().told().subList(2, 4)).containsExactly("DELETE coded b", "DELETE coded a");
    }

    @Test
    void quotedNamesAndAPreparedQuery() throws SQLException {
        String odd = database().quoted("OddName"); // PostgreSQL's driver does not find one with a blank.
        String query = "SELECT " + database().quoted("Key") + ", " + database().quoted("Some Value") + " FROM " + odd
                + " WHERE " + database().quoted("Key") + " = ?";
        try (Connection connection = trial().connection()) {
            run(
                    connection,
                    "CREATE TABLE " + odd + " (" + database().quoted("Key") + " INT PRIMARY KEY, "
                            + database().quoted("Some Value") + " VARCHAR(9))",
                    "INSERT INTO " + odd + " VALUES (4, 'a')");
            try (PreparedStatement statement =
                    connection.prepareStatement(query, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE)) {
                statement.setInt(1, 4);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    rows.updateObject(2, "b");
                    rows.updateRow();
                }
            }
        }
        assertThat(trial().told()).containsExactly("INSERT oddname 4", "UPDATE oddname 4");
        assertThat(trial().changes().get(1).assigned().get(0).value()).isEqualTo(Value.of("b"));
    }

    @Test
    void aKeyOfTwoColumns() throws SQLException {
        try (Connection connection = trial().connection()) {
            run(connection, "INSERT INTO pair VALUES (1, 'x', 'n'), (1, 'y', 'n')");
            change(connection, "SELECT * FROM pair WHERE b = 'y'", rows -> {
                rows.next();
                rows.updateString("name", "m");
                rows.updateRow();
                rows.updateString("b", "z");
                rows.updateRow();
            });
        }
        assertThat(trial().told().subList(2, 4)).containsExactly("UPDATE pair 1,y 'm'", "UPDATE pair 1,y>1,z");
    }

    @Test
    void aRollbackTellsNothing() throws SQLException {
        try (Connection connection = begin()) {
            change(connection, "SELECT id, name FROM item", rows -> {
                rows.next();
                rows.deleteRow();
            });
            connection.rollback();
        }
        assertThat(trial().told()).isEmpty();
    }

    @Test
    void valuesThatAreGivenUp() throws SQLException {
        change("SELECT id, name FROM item ORDER BY id", rows -> {
            rows.next();
            rows.updateString(2, "x");
            rows.cancelRowUpdates();
            rows.updateRow();
            rows.updateString(2, "y");
            rows.updateRow();
        });
        assertThat(trial().told()).containsExactly("UPDATE item 1 'y'");
        trial().agrees();
    }

    /** PostgreSQL's driver takes values along to the next row: what then happens is not foreseen, but said to be so. */
    @Test
    void valuesThatAreLeftBehind() throws SQLException {
        change("SELECT id, name FROM item ORDER BY id", rows -> {
            rows.next();
            rows.updateString(2, "x");
            rows.next();
            rows.updateRow();
            rows.updateString(2, "y");
            rows.updateRow();
        });
        assertThat(trial().told())
                .isEqualTo(
                        is(POSTGRESQL)
                                ? List.of("GAP ROWS_UNKNOWN", "UPDATE item 2 'y'")
                                : List.of("UPDATE item 2 'y'"));
    }

    @Test
    void aNewRowThatIsGivenUp() throws SQLException {
        change("SELECT id, name FROM item ORDER BY id", rows -> {
            rows.next();
            rows.moveToInsertRow();
            rows.updateInt(1, 8);
            rows.moveToCurrentRow();
            rows.updateString(2, "x");
            rows.updateRow();
        });
        assertThat(trial().told())
                .hasSize(1)
                .allSatisfy(
                        line -> assertThat(line).isIn(is(POSTGRESQL) ? "GAP ROWS_UNKNOWN" : "", "UPDATE item 1 'x'"));
    }

    @Test
    void aRefusedChange() throws SQLException {
        try (Connection connection = trial().connection()) {
            change(connection, "SELECT id, name FROM item ORDER BY id", rows -> {
                rows.next();
                rows.updateInt(1, 2);
                assertThatThrownBy(rows::updateRow).isInstanceOf(SQLException.class);
            });
            run(connection, "DELETE FROM item WHERE id = 3");
        }
        assertThat(trial().told()).containsExactly("DELETE item 3");
        trial().agrees();
    }

    @Test
    void hiddenColumnsAndTables() throws SQLException {
        retry(Map.of("audit.columns.mask", "item.name", "audit.tables.exclude", "loose"));
        try (Connection connection = trial().connection()) {
            change(connection, "SELECT id, name FROM item ORDER BY id", rows -> {
                rows.next();
                rows.updateString(2, "secret");
                rows.updateRow();
            });
        }
        assertThat(trial().told()).containsExactly("UPDATE item 1");
        assertThat(trial().changes().get(0).assigned().get(0).value()).isEqualTo(Value.MASKED);
    }

    @Test
    void aStreamInARow() throws SQLException {
        change("SELECT id, name FROM item ORDER BY id", rows -> {
            rows.next();
            rows.updateCharacterStream(2, new StringReader("from a reader"), 6);
            rows.updateRow();
        });
        assertThat(trial().told()).containsExactly("UPDATE item 1 'from a'");
        trial().agrees();
    }

    /** Reading the old values must not change what the application is told, whatever the driver itself does to it. */
    @Test
    void theApplicationsWasNullStays() throws SQLException {
        List<Boolean> seen = new ArrayList<>();
        for (boolean audited : new boolean[] {false, true}) {
            try (Connection connection =
                    audited ? trial().connection() : database().dataSource().getConnection()) {
                run(connection, "DELETE FROM item", "INSERT INTO item VALUES (4, NULL)");
                change(connection, "SELECT id, name FROM item", rows -> {
                    rows.next();
                    rows.getString(2);
                    rows.updateInt(1, 4);
                    rows.updateRow();
                    seen.add(rows.wasNull());
                    rows.getInt(1);
                    rows.updateString(2, "x");
                    rows.updateRow();
                    seen.add(rows.wasNull());
                    rows.getString(2);
                    rows.deleteRow();
                    seen.add(rows.wasNull());
                });
            }
        }
        assertThat(seen.subList(3, 6)).isEqualTo(seen.subList(0, 3));
    }

    /** A table that only the driver could name. */
    @Test
    void aTableThatCannotBeTold() throws SQLException {
        only(MARIADB);
        change("(SELECT id, name FROM item LIMIT 1)", rows -> {
            rows.next();
            rows.updateString(2, "x");
            rows.updateRow();
        });
        assertThat(trial().told()).containsExactly("GAP ROWS_UNKNOWN");
    }

    /** A value that the driver converts has the type that it was given. */
    @Test
    void objectsWithATypeAndDates() throws SQLException {
        try (Connection connection = trial().connection()) {
            run(connection, "CREATE TABLE dated (id INT PRIMARY KEY, at DATE, n INT)");
            change(connection, "SELECT id, at, n FROM dated", rows -> {
                rows.moveToInsertRow();
                rows.updateObject(1, 1);
                rows.updateDate(2, java.sql.Date.valueOf("2024-02-29"));
                rows.updateObject(3, 5, Types.INTEGER);
                rows.insertRow();
            });
        }
        assertThat(trial().told()).containsExactly("INSERT dated 1");
        assertThat(trial().changes().get(0).assigned().get(1).value().text()).isEqualTo("2024-02-29");
    }
}
