package dev.afterimage.jdbc.fidelity;

import dev.afterimage.jdbc.fidelity.World.Product;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What goes wrong: each of these is meant to fail, after having changed something that must not show, or must. */
final class FailingSteps {

    private FailingSteps() {}

    static List<Step> of(Product product) {
        List<Step> steps = new ArrayList<>(List.of(
                new Step("! duplicate key", 2, FailingSteps::duplicate),
                new Step("! syntax error", 1, w -> w.text("UPDATE item SET name = = 'x' WHERE id = " + w.id())),
                new Step("! no such table", 1, w -> w.run("INSERT INTO missing (id) VALUES (?)", w.id())),
                new Step(
                        "! value too long",
                        1,
                        w -> w.run("UPDATE item SET name = ? WHERE id = ?", "x".repeat(200), w.id())),
                new Step("! several rows, the last a duplicate", 2, FailingSteps::severalDuplicates)));
        if (product != Product.MARIADB) {
            steps.add(new Step(
                    "! division by zero",
                    1,
                    w -> w.run("UPDATE item SET price = price / ? WHERE owner = ?", 0, w.thread)));
        }
        if (product == Product.POSTGRESQL) {
            steps.add(new Step(
                    "! several statements, the last fails",
                    2,
                    w -> w.text("UPDATE item SET name = 'lost' WHERE id = " + w.ownId() + "; SELECT 1 / 0")));
            steps.add(new Step("! statement_timeout", 1, FailingSteps::statementTimeout));
            AtomicInteger turn = new AtomicInteger();
            steps.add(new Step("! setQueryTimeout", 1, w -> queryTimeout(w, turn)));
        }
        if (product == Product.MARIADB) {
            steps.add(new Step(
                    "! max_statement_time",
                    1,
                    w -> w.text(
                            "SET STATEMENT max_statement_time = 0.001 FOR UPDATE item SET name = CONCAT('x', SLEEP(0.05))"
                                    + " WHERE owner = " + w.thread)));
        }
        return steps;
    }

    private static void duplicate(Work w) throws SQLException {
        int id = w.ownId();
        w.run("DELETE FROM item WHERE id = ?", id);
        w.run("INSERT INTO item (id, name) VALUES (?, ?)", id, w.text());
        w.run("INSERT INTO item (id, name) VALUES (?, ?)", id, w.text());
    }

    private static void severalDuplicates(Work w) throws SQLException {
        int id = w.ownId();
        w.run("DELETE FROM item WHERE id = ?", id + 200);
        w.run("INSERT INTO item (id, name) VALUES (?, 'a'), (?, 'b')", id + 200, id + 200);
    }

    private static void statementTimeout(Work w) throws SQLException {
        if (w.isExplicit()) {
            w.execute("SET LOCAL statement_timeout = 2");
            w.execute("UPDATE item SET name = 'slow' || pg_sleep(1) WHERE id = " + w.ownId());
            w.execute("SET LOCAL statement_timeout = 0");
        }
    }

    /** The driver counts in seconds; the statement waits for as long as it takes, unless its row is gone. */
    private static void queryTimeout(Work w, AtomicInteger turn) throws SQLException {
        if (turn.get() % 40 > 0) { // It lasts a second.
            turn.incrementAndGet();
            return;
        }
        try (Statement statement = w.connection().createStatement()) {
            statement.setQueryTimeout(1);
            statement.execute("WITH slow AS MATERIALIZED (SELECT pg_sleep(60)) UPDATE item SET name = 'slow' FROM slow"
                    + " WHERE id = " + w.ownId());
        } catch (SQLException late) {
            turn.incrementAndGet();
            throw late;
        }
    }
}
