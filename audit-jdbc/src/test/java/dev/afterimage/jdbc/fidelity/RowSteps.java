package dev.afterimage.jdbc.fidelity;

import dev.afterimage.jdbc.fidelity.World.Product;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ordinary statements that every database has: one row, several, many, keys that move. */
final class RowSteps {

    private static final String INSERT = "INSERT INTO item (id, owner, name, price, note) VALUES (?, ?, ?, ?, ?)";

    private RowSteps() {}

    static List<Step> all() {
        return List.of(
                new Step("insert", 8, RowSteps::insert),
                new Step("insert without columns", 2, RowSteps::insertWithoutColumns),
                new Step("insert some columns", 3, RowSteps::insertSome),
                new Step("insert several rows", 3, RowSteps::insertSeveral),
                new Step("insert from a query", 2, RowSteps::insertSelect),
                new Step("update", 8, RowSteps::update),
                new Step("update by expression", 3, RowSteps::updateByExpression),
                new Step("update a list", 3, RowSteps::updateList),
                new Step("update many", 1, RowSteps::updateMany),
                new Step("update nothing", 1, w -> w.run("UPDATE item SET name = ? WHERE id = ?", w.text(), -1)),
                new Step("move a key", 3, RowSteps::moveKey),
                new Step("move a key by expression", 1, RowSteps::moveByExpression),
                new Step("delete", 4, w -> w.run("DELETE FROM item WHERE id = ?", w.id())),
                new Step("delete a list", 2, RowSteps::deleteList),
                new Step("delete many", 1, w -> w.run("DELETE FROM item WHERE owner = ? AND price < ?", w.thread, 0)),
                new Step("delete and insert again", 2, RowSteps::deleteAndInsert),
                new Step("composite key", 8, RowSteps::composite),
                new Step("unique column", 4, RowSteps::unique),
                new Step("no key", 2, RowSteps::noKey),
                new Step("not audited", 1, RowSteps::hidden),
                new Step("same row many times", 2, RowSteps::sameRow),
                new Step("keys of the database", 6, RowSteps::generatedKeys),
                new Step("defaults", 3, RowSteps::defaults),
                new Step("read", 3, RowSteps::read));
    }

    private static void insert(Work w) throws SQLException {
        int id = w.id();
        w.free("item", "id", id);
        w.run(INSERT, id, w.thread, w.text(), w.money(), w.text());
    }

    private static void insertWithoutColumns(Work w) throws SQLException {
        int id = w.id();
        w.free("item", "id", id);
        w.run("INSERT INTO item VALUES (?, ?, ?, ?, ?)", id, w.thread, w.text(), w.money(), w.text());
    }

    private static void insertSome(Work w) throws SQLException {
        int id = w.id();
        w.free("item", "id", id);
        w.run(
                "insert into ITEM (name, id) values (?, ?)".replace("ITEM", w.is(Product.MARIADB) ? "item" : "ITEM"),
                w.text(),
                id);
    }

    private static void insertSeveral(Work w) throws SQLException {
        List<Integer> ids = w.ids(2 + w.random.nextInt(4));
        List<@Nullable Object> values = new ArrayList<>();
        StringBuilder sql = new StringBuilder("INSERT INTO item (id, owner, name, price) VALUES ");
        for (int i = 0; i < ids.size(); i++) {
            w.run("DELETE FROM item WHERE id = ?", ids.get(i));
            sql.append(i == 0 ? "" : ", ").append(w.oneIn(3) ? "(?, ?, ?, 7.5)" : "(?, ?, ?, NULL)");
            values.add(ids.get(i));
            values.add(w.thread);
            values.add(w.text());
        }
        w.run(sql.toString(), values.toArray());
    }

    private static void insertSelect(Work w) throws SQLException {
        int id = w.ownId();
        w.run("DELETE FROM item WHERE id = ?", id + 500);
        w.run("INSERT INTO item (id, owner, name) SELECT id + 500, owner, name FROM item WHERE id = ?", id);
    }

    private static void update(Work w) throws SQLException {
        switch (w.random.nextInt(4)) {
            case 0 -> w.run("UPDATE item SET name = ? WHERE id = ?", w.text(), w.id());
            case 1 -> w.run("UPDATE item SET note = ?, price = ? WHERE id = ?", w.text(), w.money(), w.id());
            case 2 -> w.run("UPDATE item i SET note = ?, name = NULL WHERE i.id = ? AND 1 = 1", w.text(), w.id());
            default -> w.run("UPDATE item SET note = ? WHERE (id = ?)", w.text(), w.id());
        }
    }

    private static void updateByExpression(Work w) throws SQLException {
        w.run(
                "UPDATE item SET price = COALESCE(price, 0) + ?, note = UPPER(name) WHERE id = ?",
                w.random.nextInt(9),
                w.id());
    }

    private static void updateList(Work w) throws SQLException {
        List<Integer> ids = w.ids(3);
        w.run("UPDATE item SET name = ? WHERE id IN (?, ?, ?)", w.text(), ids.get(0), ids.get(1), ids.get(2));
    }

    private static void updateMany(Work w) throws SQLException {
        w.run("UPDATE item SET note = ? WHERE owner = ?", w.text(), w.thread);
    }

    private static void moveKey(Work w) throws SQLException {
        int to = w.ownId();
        int from = w.ownId();
        if (to != from) {
            w.free("item", "id", to);
        }
        w.run("UPDATE item SET id = ?, note = ? WHERE id = ?", to, w.text(), from);
    }

    private static void moveByExpression(Work w) throws SQLException {
        int from = w.ownId();
        w.run("DELETE FROM item WHERE id = ?", from + 300);
        w.run("UPDATE item SET id = id + 300 WHERE id = ?", from);
    }

    private static void deleteList(Work w) throws SQLException {
        List<Integer> ids = w.ids(3);
        w.run("DELETE FROM item WHERE id IN (?, ?, ?)", ids.get(0), ids.get(1), ids.get(2));
    }

    private static void deleteAndInsert(Work w) throws SQLException {
        int id = w.id();
        w.run("DELETE FROM item WHERE id = ?", id);
        w.run(INSERT, id, w.thread, w.text(), w.money(), w.text());
        if (w.oneIn(2)) {
            w.run("DELETE FROM item WHERE id = ?", id);
        }
    }

    private static void composite(Work w) throws SQLException {
        int a = w.id();
        String b = "b" + w.random.nextInt(3);
        switch (w.random.nextInt(7)) {
            case 0, 1 -> {
                w.run("DELETE FROM pair WHERE a = ? AND b = ?", a, b);
                w.run(
                        "INSERT INTO pair (b, a, name, quantity) VALUES (?, ?, ?, ?)",
                        b,
                        a,
                        w.text(),
                        w.random.nextInt());
            }
            case 2 -> w.run("UPDATE pair SET name = ? WHERE a = ? AND b = ?", w.text(), a, b);
            case 3 -> w.run("UPDATE pair SET name = ? WHERE (a, b) = (?, ?)", w.text(), a, b);
            case 4 -> w.run("UPDATE pair SET quantity = ? WHERE b IN (?, ?) AND a = ?", 5, "b0", "b1", a);
            case 5 -> {
                int own = w.ownId();
                w.run("DELETE FROM pair WHERE a = ? AND b = 'moved'", own);
                w.run("UPDATE pair SET b = 'moved' WHERE a = ? AND b = ?", own, b);
            }
            default -> w.run("UPDATE pair SET name = ? WHERE a = ?", w.text(), w.ownId());
        }
    }

    private static void unique(Work w) throws SQLException {
        int id = w.ownId();
        String address = w.oneIn(3) ? null : "a" + id + "@" + w.random.nextInt(2);
        w.run("DELETE FROM mail WHERE id = ?", id);
        w.run("INSERT INTO mail (id, address, name) VALUES (?, ?, ?)", id, address, w.text());
        w.run("UPDATE mail SET name = ? WHERE address = ?", w.text(), address);
    }

    private static void noKey(Work w) throws SQLException {
        int id = w.ownId();
        w.run("INSERT INTO loose (id, name) VALUES (?, ?)", id, w.text());
        w.run("UPDATE loose SET name = ? WHERE id = ?", w.text(), id);
        w.run("DELETE FROM loose WHERE id = ?", id);
    }

    private static void hidden(Work w) throws SQLException {
        int id = w.ownId();
        w.run("DELETE FROM hidden WHERE id = ?", id);
        w.run("INSERT INTO hidden (id, name) VALUES (?, ?)", id, w.text());
    }

    private static void sameRow(Work w) throws SQLException {
        int id = w.id();
        try (PreparedStatement update = w.connection().prepareStatement("UPDATE item SET price = ? WHERE id = ?")) {
            update.setInt(2, id);
            for (int i = 0; i < 4; i++) {
                update.setBigDecimal(1, BigDecimal.valueOf(w.random.nextInt(10_000), 2));
                update.executeUpdate();
            }
        }
    }

    private static void generatedKeys(Work w) throws SQLException {
        String sql = "INSERT INTO ticket (name) VALUES (?)";
        String id = w.is(Product.H2) ? "ID" : "id";
        try (PreparedStatement insert = w.oneIn(2)
                ? w.connection().prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)
                : w.connection().prepareStatement(sql, new String[] {id})) {
            insert.setString(1, w.text());
            insert.executeUpdate();
            int key;
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                key = keys.getInt(1);
            }
            if (w.oneIn(2)) {
                w.run("UPDATE ticket SET name = ? WHERE id = ?", w.text(), key);
            }
            if (!w.oneIn(3)) {
                w.run("DELETE FROM ticket WHERE id = ?", key);
            }
        }
    }

    private static void defaults(Work w) throws SQLException {
        switch (w.random.nextInt(3)) {
            case 0 -> w.run("INSERT INTO ticket (name, state) VALUES (?, DEFAULT)", w.text());
            case 1 -> w.run("INSERT INTO ticket (name, state, id) VALUES (?, ?, DEFAULT)", w.text(), "odd");
            default -> w.run("UPDATE ticket SET state = DEFAULT, name = ? WHERE id = ?", w.text(), -1);
        }
    }

    private static void read(Work w) throws SQLException {
        try (PreparedStatement query = w.connection().prepareStatement("SELECT name FROM item WHERE id = ?")) {
            query.setInt(1, w.id());
            try (ResultSet row = query.executeQuery()) {
                row.next();
            }
        }
    }
}
