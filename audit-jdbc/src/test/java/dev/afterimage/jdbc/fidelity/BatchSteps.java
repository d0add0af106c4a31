package dev.afterimage.jdbc.fidelity;

import dev.afterimage.jdbc.fidelity.World.Product;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Batches of every kind. */
final class BatchSteps {

    private BatchSteps() {}

    static List<Step> all() {
        return List.of(
                new Step("batch of inserts", 4, BatchSteps::inserts),
                new Step("batch of updates", 4, BatchSteps::updates),
                new Step("batch of deletes", 2, BatchSteps::deletes),
                new Step("batch of texts", 3, BatchSteps::texts),
                new Step("batch with keys", 2, BatchSteps::generatedKeys),
                new Step("! batch that fails", 3, BatchSteps::failing),
                new Step("! batch of texts that fails", 1, BatchSteps::failingTexts),
                new Step("large batch", 1, BatchSteps::large),
                new Step("batch cleared", 1, BatchSteps::cleared));
    }

    private static void inserts(Work w) throws SQLException {
        List<Integer> ids = w.ids(2 + w.random.nextInt(5));
        try (PreparedStatement delete = w.connection().prepareStatement("DELETE FROM pair WHERE a = ? AND b = ?");
                PreparedStatement insert = w.connection()
                        .prepareStatement("INSERT INTO pair (a, b, name, quantity) VALUES (?, ?, ?, ?)")) {
            for (int id : ids) {
                Work.bind(delete, id, "batch");
                delete.addBatch();
                Work.bind(insert, id, "batch", w.text(), w.random.nextInt());
                insert.addBatch();
            }
            delete.executeBatch();
            if (w.oneIn(4)) {
                insert.executeLargeBatch();
            } else {
                insert.executeBatch();
            }
        }
    }

    private static void updates(Work w) throws SQLException {
        try (PreparedStatement update =
                w.connection().prepareStatement("UPDATE item SET name = ?, price = ? WHERE id = ?")) {
            int again = w.ownId();
            for (int i = 2 + w.random.nextInt(5); i > 0; i--) {
                Work.bind(update, w.text(), w.money(), w.oneIn(3) ? again : w.ownId());
                update.addBatch();
            }
            update.executeBatch();
            Work.bind(update, "after the batch", w.money(), again);
            update.executeUpdate();
        }
    }

    private static void deletes(Work w) throws SQLException {
        try (PreparedStatement delete = w.connection().prepareStatement("DELETE FROM item WHERE id = ?")) {
            for (int i = 0; i < 3; i++) {
                delete.setInt(1, w.ownId());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private static void texts(Work w) throws SQLException {
        int id = w.ownId();
        try (Statement statement = w.connection().createStatement()) {
            statement.addBatch("DELETE FROM item WHERE id = " + id);
            statement.addBatch(
                    w.inlined("INSERT INTO item (id, owner, name) VALUES (?, ?, ?)", id, w.thread, w.text()));
            statement.addBatch(w.inlined("UPDATE item SET note = ? WHERE id = ?", w.text(), id));
            statement.addBatch(w.inlined("UPDATE item SET note = ? WHERE owner = ? AND price < 0", w.text(), w.thread));
            statement.executeBatch();
        }
    }

    private static void generatedKeys(Work w) throws SQLException {
        try (PreparedStatement insert = w.connection()
                .prepareStatement("INSERT INTO ticket (name) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < 3; i++) {
                insert.setString(1, w.text());
                insert.addBatch();
            }
            insert.executeBatch();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                while (keys.next()) {
                    keys.getInt(1);
                }
            }
        }
    }

    /** The middle row breaks a constraint: what is kept of the others depends on the database. */
    private static void failing(Work w) throws SQLException {
        List<Integer> ids = w.ids(3);
        w.run("DELETE FROM pair WHERE a IN (?, ?, ?)", ids.get(0), ids.get(1), ids.get(2));
        try (PreparedStatement insert =
                w.connection().prepareStatement("INSERT INTO pair (a, b, name) VALUES (?, 'fails', ?)")) {
            for (int id : List.of(ids.get(0), ids.get(1), ids.get(0), ids.get(2))) {
                // MariaDB's driver splits a batch where a NULL follows a value, and calls the rows of the first part
                // failed although it has kept them: the trail has a gap there, and no rows to compare.
                String name = w.is(Product.MARIADB) ? w.word() : w.text();
                w.trace("a = " + id + ", name = " + name);
                Work.bind(insert, id, name);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void failingTexts(Work w) throws SQLException {
        int id = w.ownId();
        try (Statement statement = w.connection().createStatement()) {
            statement.addBatch("DELETE FROM item WHERE id = " + id);
            statement.addBatch("INSERT INTO item (id, owner) VALUES (" + id + ", 1)");
            statement.addBatch("INSERT INTO item (id, owner) VALUES (" + id + ", 2)");
            statement.addBatch("UPDATE item SET name = 'after' WHERE id = " + id);
            statement.executeBatch();
        }
    }

    private static void large(Work w) throws SQLException {
        w.run("DELETE FROM pair WHERE a = ? AND b LIKE 'large%'", w.thread);
        try (PreparedStatement insert =
                w.connection().prepareStatement("INSERT INTO pair (a, b, quantity) VALUES (?, ?, ?)")) {
            int rows = w.oneIn(5) ? 300 : 40;
            for (int i = 0; i < rows; i++) {
                Work.bind(insert, w.thread, "large" + i, i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void cleared(Work w) throws SQLException {
        try (PreparedStatement update = w.connection().prepareStatement("UPDATE item SET name = ? WHERE id = ?")) {
            Work.bind(update, "never", w.ownId());
            update.addBatch();
            update.clearBatch();
            Work.bind(update, "done", w.ownId());
            update.addBatch();
            update.executeBatch();
            update.executeBatch();
        }
    }
}
