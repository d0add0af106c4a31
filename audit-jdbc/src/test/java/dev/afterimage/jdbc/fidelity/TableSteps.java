package dev.afterimage.jdbc.fidelity;

import dev.afterimage.jdbc.fidelity.World.Product;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Tables of every kind: all types, odd names, two schemas, partitions. */
final class TableSteps {

    private TableSteps() {}

    static List<Step> of(Product product) {
        List<Step> steps = new ArrayList<>(List.of(
                new Step("every type, insert", 5, TableSteps::insertTyped),
                new Step("every type, update", 4, TableSteps::updateTyped),
                new Step("quoted names", 5, TableSteps::quotedNames),
                new Step("dots and spaces", 3, TableSteps::dots),
                new Step("another schema", 4, TableSteps::otherSchema),
                new Step("partitions", 5, TableSteps::partitions)));
        if (product != Product.H2) {
            steps.add(new Step("view", 2, TableSteps::view));
        }
        if (product == Product.POSTGRESQL) {
            steps.add(new Step("truncate", 1, TableSteps::truncate));
        }
        return steps;
    }

    private static void insertTyped(Work w) throws SQLException {
        int id = w.ownId();
        w.run("DELETE FROM typed WHERE id = ?", id);
        List<TypedColumn> columns = some(w);
        String sql = "INSERT INTO typed (id, "
                + columns.stream().map(TypedColumn::name).collect(Collectors.joining(", ")) + ") VALUES (?"
                + ", ?".repeat(columns.size()) + ")";
        try (PreparedStatement insert = w.connection().prepareStatement(sql)) {
            insert.setInt(1, id);
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).bind(insert, i + 2, w.random);
            }
            insert.executeUpdate();
        }
    }

    private static void updateTyped(Work w) throws SQLException {
        List<TypedColumn> columns = some(w);
        String sql = "UPDATE typed SET "
                + columns.stream().map(column -> column.name() + " = ?").collect(Collectors.joining(", "))
                + " WHERE id = ?";
        try (PreparedStatement update = w.connection().prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).bind(update, i + 1, w.random);
            }
            update.setInt(columns.size() + 1, w.ownId());
            update.executeUpdate();
        }
    }

    private static List<TypedColumn> some(Work w) {
        List<TypedColumn> columns = new ArrayList<>(TypedColumn.of(w.world.product()));
        Collections.shuffle(columns, w.random);
        return columns.subList(0, 1 + w.random.nextInt(columns.size()));
    }

    private static void quotedNames(Work w) throws SQLException {
        String table = w.quoted("Odd Name");
        String key = w.quoted("Key");
        int id = w.id();
        switch (w.random.nextInt(4)) {
            case 0, 1 -> {
                w.run("DELETE FROM " + table + " WHERE " + key + " = ?", id);
                w.run(
                        "INSERT INTO " + table + " (" + key + ", " + w.quoted("Some Value") + ", " + w.quoted("order")
                                + ", " + w.quoted("ünï.côde") + ") VALUES (?, ?, ?, ?)",
                        id,
                        w.word(),
                        w.random.nextInt(),
                        w.word());
            }
            case 2 ->
                w.run(
                        "UPDATE " + table + " SET " + w.quoted("order") + " = ?, " + w.quoted("ünï.côde")
                                + " = ? WHERE " + key + " = ?",
                        w.random.nextInt(),
                        w.word(),
                        id);
            default -> w.run("DELETE FROM " + table + " WHERE " + table + "." + key + " = ?", id);
        }
    }

    private static void dots(Work w) throws SQLException {
        String table = w.quoted("a.b c");
        String key = w.quoted("select");
        String id = "k=" + w.id() + ",\\'x";
        w.run("DELETE FROM " + table + " WHERE " + key + " = ?", id);
        w.run(
                "INSERT INTO " + table + " (" + key + ", " + w.quoted("From") + ") VALUES (?, ?)",
                id,
                w.random.nextInt());
    }

    private static void otherSchema(Work w) throws SQLException {
        int id = w.id();
        w.run("DELETE FROM other.item WHERE id = ?", id);
        w.run("INSERT INTO other.item (id, name) VALUES (?, ?)", id, w.text());
        w.run("UPDATE item SET name = ? WHERE id = ?", w.text(), id);
        w.run("UPDATE other.item SET name = ? WHERE id = ?", w.text(), id);
    }

    private static void partitions(Work w) throws SQLException {
        int id = w.ownId();
        String region = w.oneOf(List.of("north", "south", "west"));
        String to = w.oneOf(List.of("north", "south", "west"));
        switch (w.random.nextInt(4)) {
            case 0, 1 -> {
                w.run("DELETE FROM part WHERE id = ? AND region = ?", id, region);
                w.run("INSERT INTO part (id, region, amount) VALUES (?, ?, ?)", id, region, w.random.nextInt());
            }
            case 2 -> w.run("UPDATE part SET amount = ? WHERE id = ? AND region = ?", w.random.nextInt(), id, region);
            default -> {
                if (!to.equals(region)) {
                    w.run("DELETE FROM part WHERE id = ? AND region = ?", id, to);
                }
                w.run("UPDATE part SET region = ? WHERE id = ? AND region = ?", to, id, region);
            }
        }
    }

    private static void view(Work w) throws SQLException {
        w.run("UPDATE item_view SET name = ? WHERE id = ?", w.text(), w.id());
    }

    private static void truncate(Work w) throws SQLException {
        String table = "scratch_" + w.thread;
        w.run("INSERT INTO " + table + " (id, name) VALUES (1, ?)", w.text());
        w.execute("TRUNCATE TABLE " + table);
        w.run("INSERT INTO " + table + " (id, name) VALUES (2, ?)", w.text());
        w.execute("TRUNCATE " + table);
    }
}
