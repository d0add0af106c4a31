package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.H2;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.MARIADB;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Tables of one name in several schemas, which statements name without them. */
abstract class SchemaCases extends Cases {

    SchemaCases(TestDatabase database) throws SQLException {
        super(database);
    }

    private String set(String schema) {
        return switch (database().product()) {
            case POSTGRESQL -> "SET search_path TO " + schema;
            case H2 -> "SET SCHEMA " + schema;
            case MARIADB -> "USE " + schema;
        };
    }

    private String own() {
        return switch (database().product()) {
            case POSTGRESQL, H2 -> "public";
            case MARIADB -> "test";
        };
    }

    /** The schema, or MariaDB's database, of each change. */
    private List<String> schemas() {
        return trial().changes().stream().map(SchemaCases::schema).toList();
    }

    private static String schema(Change change) {
        TableName table = change.table();
        String schema = table == null ? null : table.schema() == null ? table.catalog() : table.schema();
        return String.valueOf(schema).toLowerCase(Locale.ROOT);
    }

    @Test
    void setByText() throws SQLException {
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection connection = trial().connection()) {
                connection.setAutoCommit(autoCommit);
                int id = autoCommit ? 1 : 2;
                run(connection, insert(id), set("other"), insert(id), set(own()), insert(id + 10));
                if (!autoCommit) {
                    connection.commit();
                }
            }
        }
        assertThat(schemas()).containsExactly(own(), "other", own(), own(), "other", own());
        assertThat(trial().changes()).allMatch(Change::isRowLevel);
    }

    @Test
    void setByMethod() throws SQLException {
        try (Connection connection = trial().connection();
                PreparedStatement insert = connection.prepareStatement(insert(1))) {
            if (is(MARIADB)) {
                connection.setCatalog("other");
            } else {
                connection.setSchema(is(H2) ? "OTHER" : "other");
            }
            run(connection, insert(1), "DELETE FROM item WHERE id = 1");
            assertThat(insert).isNotNull();
        }
        assertThat(schemas()).containsExactly("other", "other");
    }

    @Test
    void setAndUndone() throws SQLException {
        only(POSTGRESQL);
        try (Connection connection = begin()) {
            run(connection, "SET LOCAL search_path = 'other', public", insert(1));
            connection.commit();
            run(connection, insert(2), "SET search_path = other");
            connection.rollback();
            run(connection, insert(3));
            Savepoint savepoint = connection.setSavepoint();
            run(connection, "SELECT set_config('search_path', 'other', false)", insert(4));
            connection.rollback(savepoint);
            run(connection, insert(5), "SET search_path = other", insert(6), "RESET search_path", insert(7));
            connection.commit();
        }
        assertThat(schemas()).containsExactly("other", "public", "public", "other", "public");
    }
}
