package dev.afterimage.jdbc.fidelity;

import dev.afterimage.jdbc.fidelity.World.Product;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the design cannot see: cascades, triggers, functions with side effects, clients that are not audited. */
final class BlindSteps {

    private BlindSteps() {}

    static List<Step> of(Product product) {
        List<Step> steps = new ArrayList<>(List.of(
                new Step("cascade", 4, BlindSteps::cascade),
                new Step("trigger", 4, BlindSteps::trigger),
                new Step("function in a query", 2, BlindSteps::query),
                new Step("call", 2, BlindSteps::call),
                new Step("another client", 2, BlindSteps::otherClient)));
        if (product == Product.POSTGRESQL) {
            steps.add(new Step("block", 2, w -> w.text("DO $$ BEGIN PERFORM side_effect('block'); END $$")));
        }
        return steps;
    }

    private static void cascade(Work w) throws SQLException {
        int id = w.ownId();
        delete(w, id);
        if (!w.is(Product.H2)) { // H2's oracle takes every later change of these tables for a cascade.
            w.run("DELETE FROM cascade_orphan WHERE id = ?", id);
        }
        w.run("INSERT INTO parent (id, name) VALUES (?, ?)", id, w.text());
        w.run("INSERT INTO cascade_child (id, parent_id, name) VALUES (?, ?, ?)", id, id, w.text());
        if (!w.is(Product.H2)) {
            w.run("INSERT INTO cascade_orphan (id, parent_id, name) VALUES (?, ?, ?)", id, id, w.text());
            w.run("UPDATE cascade_child SET name = ? WHERE id = ?", w.text(), id);
        }
        if (w.oneIn(2)) {
            delete(w, id);
        }
    }

    /** MariaDB fires no trigger for what a foreign key does: there the oracle is told before it happens. */
    private static void delete(Work w, int id) throws SQLException {
        if (w.is(Product.MARIADB)) {
            MariaDbWorld world = (MariaDbWorld) w.world;
            for (String row : world.cascades(id)) {
                w.execute(row);
            }
        }
        w.run("DELETE FROM parent WHERE id = ?", id);
    }

    private static void trigger(Work w) throws SQLException {
        int id = w.ownId();
        w.run("DELETE FROM caused WHERE id = ?", id);
        w.run("INSERT INTO caused (id, name) VALUES (?, ?)", id, w.text());
        w.run("UPDATE caused SET name = ? WHERE id = ?", w.text(), id);
        w.run("INSERT INTO caused_log (note) VALUES (?)", "by the application");
    }

    private static void query(Work w) throws SQLException {
        w.run("INSERT INTO function_log (note) VALUES (?)", "by the application");
        try (PreparedStatement query = w.connection().prepareStatement("SELECT side_effect(?)")) {
            query.setString(1, w.word());
            try (ResultSet row = query.executeQuery()) {
                row.next();
            }
        }
    }

    private static void call(Work w) throws SQLException {
        String procedure = w.is(Product.H2) ? "side_effect" : "do_effect";
        String sql = "CALL " + procedure + "(?)";
        if (w.is(Product.MARIADB)) {
            sql = "{call do_effect(?)}";
        }
        try (CallableStatement call = w.connection().prepareCall(sql)) {
            call.setString(1, w.word());
            call.execute();
        }
    }

    /** It changes rows of its own, lest the two wait for each other. */
    private static void otherClient(Work w) throws SQLException {
        int id = 900_000 + w.thread;
        try (Connection other = w.world.bare().getConnection();
                Statement statement = other.createStatement()) {
            w.world.mark(other, "other");
            statement.execute("DELETE FROM item WHERE id = " + id);
            statement.execute("INSERT INTO item (id, name) VALUES (" + id + ", 'other')");
        }
    }
}
