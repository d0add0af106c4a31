package dev.afterimage.jdbc.fidelity;

import dev.afterimage.jdbc.fidelity.World.Product;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Statements that each database has in a form of its own: upserts, merges, joins, RETURNING, common table expressions. */
final class DialectSteps {

    private DialectSteps() {}

    static List<Step> of(Product product) {
        return switch (product) {
            case POSTGRESQL -> postgres();
            case MARIADB -> mariaDb();
            case H2 -> h2();
        };
    }

    private static List<Step> postgres() {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(
                "on conflict do nothing",
                3,
                w -> w.run(
                        "INSERT INTO item (id, owner, name) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        w.id(),
                        w.thread,
                        w.text())));
        steps.add(new Step(
                "on conflict do update",
                4,
                w -> w.run(
                        "INSERT INTO item (id, owner, name) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name",
                        w.id(),
                        w.thread,
                        w.text())));
        steps.add(new Step(
                "on conflict where",
                2,
                w -> w.run(
                        "INSERT INTO pair (a, b, quantity) VALUES (?, 'b1', ?) ON CONFLICT (a, b) DO UPDATE"
                                + " SET quantity = pair.quantity + 1 WHERE pair.quantity > 0",
                        w.id(),
                        w.random.nextInt(9))));
        steps.add(new Step(
                "on conflict, another key",
                2,
                w -> w.run(
                        "INSERT INTO mail (id, address, name) VALUES (?, ?, ?) ON CONFLICT (address) DO UPDATE SET name = 'met'",
                        w.ownId(),
                        "same" + w.thread,
                        w.text())));
        steps.add(new Step(
                "merge",
                2,
                w -> w.run(
                        "MERGE INTO item t USING (VALUES (?::int, ?::text)) AS s (id, name) ON t.id = s.id"
                                + " WHEN MATCHED THEN UPDATE SET name = s.name"
                                + " WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name)",
                        w.id(),
                        w.word())));
        steps.add(new Step(
                "merge that deletes",
                1,
                w -> w.run(
                        "MERGE INTO item t USING (SELECT ?::int AS id) s ON t.id = s.id WHEN MATCHED AND t.price < 0 THEN DELETE"
                                + " WHEN MATCHED THEN DO NOTHING WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)",
                        w.ownId())));
        steps.add(new Step(
                "update from",
                2,
                w -> w.run(
                        "UPDATE item SET note = p.name FROM pair p WHERE p.a = item.id AND item.id = ? AND p.b = 'b1'",
                        w.id())));
        steps.add(new Step(
                "delete using",
                2,
                w -> w.run(
                        "DELETE FROM item USING pair p WHERE p.a = item.id AND p.b = 'b2' AND item.owner = ?",
                        w.thread)));
        steps.add(new Step("returning", 4, DialectSteps::returning));
        steps.add(new Step(
                "returning, executed as an update",
                1,
                w -> w.text("UPDATE item SET name = 'x' WHERE id = " + w.id() + " RETURNING id")));
        steps.add(new Step(
                "! executeQuery that writes", 1, w -> query(w, "UPDATE item SET name = 'q' WHERE id = " + w.id())));
        steps.add(new Step("writing CTE", 3, DialectSteps::writingCte));
        steps.add(new Step("CTE that feeds an insert", 2, DialectSteps::feedingCte));
        steps.add(new Step("several statements", 3, DialectSteps::several));
        steps.add(new Step(
                "casts and strings",
                2,
                w -> w.run(
                        "UPDATE item SET name = $t$it's ? dollar$t$, note = E'a\\nb', price = ?::numeric WHERE id = ?::int",
                        w.money(),
                        w.id())));
        steps.add(new Step("search path", 2, DialectSteps::searchPath));
        steps.add(new Step("temporary table", 1, DialectSteps::temporary));
        steps.add(new Step(
                "explain analyze",
                1,
                w -> query(w, "EXPLAIN ANALYZE UPDATE item SET name = 'explained' WHERE id = " + w.id())));
        steps.add(
                new Step("only", 1, w -> w.run("UPDATE ONLY item AS i SET name = ? WHERE i.id = ?", w.text(), w.id())));
        return steps;
    }

    /** Where an upsert finds the row as it would make it, MariaDB counts one and changes none: the values are new here. */
    private static List<Step> mariaDb() {
        return List.of(
                new Step(
                        "insert ignore",
                        3,
                        w -> w.run(
                                "INSERT IGNORE INTO item (id, owner, name) VALUES (?, ?, ?)",
                                w.id(),
                                w.thread,
                                w.text())),
                new Step(
                        "on duplicate key",
                        4,
                        w -> w.run(
                                "INSERT INTO item (id, owner, name) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name)",
                                w.id(),
                                w.thread,
                                w.word())),
                new Step(
                        "on duplicate key, another key",
                        2,
                        w -> w.run(
                                "INSERT INTO mail (id, address, name) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name)",
                                w.ownId(),
                                "same" + w.thread,
                                w.word())),
                new Step(
                        "replace",
                        3,
                        w -> w.run("REPLACE INTO item (id, owner, name) VALUES (?, ?, ?)", w.id(), w.thread, w.text())),
                new Step(
                        "replace, another key",
                        1,
                        w -> w.run(
                                "REPLACE INTO mail (id, address, name) VALUES (?, ?, ?)",
                                w.ownId(),
                                "same" + w.thread,
                                w.text())),
                new Step("insert set", 2, w -> {
                    int id = w.id();
                    w.free("item", "id", id);
                    w.run("INSERT INTO item SET id = ?, name = ?", id, w.text());
                }),
                new Step(
                        "update join",
                        2,
                        w -> w.run(
                                "UPDATE item i JOIN pair p ON p.a = i.id SET i.note = p.name WHERE i.owner = ?",
                                w.thread)),
                new Step(
                        "delete join",
                        2,
                        w -> w.run(
                                "DELETE i FROM item i JOIN pair p ON p.a = i.id WHERE p.b = 'b2' AND i.owner = ?",
                                w.thread)),
                new Step(
                        "update with order and limit",
                        2,
                        w -> w.run("UPDATE item SET note = ? WHERE owner = ? ORDER BY id LIMIT 2", w.text(), w.thread)),
                new Step(
                        "returning", 3, w -> query(w, "DELETE FROM item WHERE id = " + w.id() + " RETURNING id, name")),
                new Step(
                        "executeQuery that writes",
                        1,
                        w -> query(w, "UPDATE item SET name = 'q' WHERE id = " + w.id())));
    }

    private static List<Step> h2() {
        return List.of(
                new Step(
                        "merge by key",
                        4,
                        w -> w.run(
                                "MERGE INTO item (id, owner, name) KEY (id) VALUES (?, ?, ?)",
                                w.id(),
                                w.thread,
                                w.text())),
                new Step(
                        "merge using",
                        2,
                        w -> w.run(
                                "MERGE INTO item t USING (VALUES (CAST(? AS INT), CAST(? AS VARCHAR))) s (id, name) ON t.id = s.id"
                                        + " WHEN MATCHED THEN UPDATE SET name = s.name"
                                        + " WHEN NOT MATCHED THEN INSERT (id, name) VALUES (s.id, s.name)",
                                w.id(),
                                w.word())),
                new Step(
                        "final table",
                        2,
                        w -> query(
                                w,
                                "SELECT id FROM FINAL TABLE (UPDATE item SET name = 'f' WHERE id = " + w.id() + ")")),
                new Step(
                        "several statements",
                        2,
                        w -> w.text(w.inlined(
                                "UPDATE item SET name = ? WHERE id = ?; UPDATE item SET note = 'second' WHERE id = ?",
                                w.word(),
                                w.ownId(),
                                w.ownId()))));
    }

    private static void query(Work w, String sql) throws SQLException {
        try (Statement statement = w.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                rows.getObject(1);
            }
        }
    }

    private static void returning(Work w) throws SQLException {
        String sql = switch (w.random.nextInt(4)) {
            case 0 -> "UPDATE item SET name = ? WHERE owner = ? RETURNING id, name";
            case 1 -> "INSERT INTO ticket (name, state) VALUES (?, left(?::text, 5)) RETURNING *";
            case 2 -> "UPDATE item SET name = ? WHERE id = ? RETURNING id";
            default -> "WITH n AS (SELECT ?::text) DELETE FROM item WHERE id = ? RETURNING item.id";
        };
        try (PreparedStatement statement = w.connection().prepareStatement(sql)) {
            statement.setString(1, w.text());
            statement.setInt(2, sql.contains("owner") ? w.thread : w.id());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next() && !w.oneIn(5)) {
                    rows.getObject(1);
                }
            }
        }
    }

    private static void writingCte(Work w) throws SQLException {
        int id = w.ownId();
        query(
                w,
                "WITH gone AS (DELETE FROM item WHERE id = " + id
                        + " RETURNING id), told AS (INSERT INTO loose (id, name)"
                        + " SELECT id, 'gone' FROM gone RETURNING id) SELECT count(*) FROM told");
    }

    private static void feedingCte(Work w) throws SQLException {
        int id = w.ownId();
        w.run("DELETE FROM other.item WHERE id = ?", id);
        w.run(
                "WITH gone AS (DELETE FROM item WHERE id = ? RETURNING *) INSERT INTO other.item (id, name)"
                        + " SELECT id, name FROM gone",
                id);
    }

    private static void several(Work w) throws SQLException {
        int id = w.ownId();
        w.text(w.inlined(
                "DELETE FROM item WHERE id = ?; INSERT INTO item (id, owner, name) VALUES (?, ?, ?);"
                        + " UPDATE item SET note = 'third; of several' WHERE id = ?",
                id,
                id,
                w.thread,
                w.word(),
                id));
    }

    private static void searchPath(Work w) throws SQLException {
        int id = w.ownId();
        if (w.isExplicit()) {
            w.execute("SET LOCAL search_path = other");
            w.run("DELETE FROM item WHERE id = ?", id);
            w.run("INSERT INTO item (id, name) VALUES (?, ?)", id, w.text());
            w.execute("SET LOCAL search_path = public");
        }
    }

    private static void temporary(Work w) throws SQLException {
        if (w.isExplicit()) {
            w.execute("CREATE TEMPORARY TABLE passing (id int primary key, name text) ON COMMIT DROP");
            w.run("UPDATE item SET name = ? WHERE id = ?", w.text(), w.id());
            w.execute("DROP TABLE passing");
        }
    }
}
