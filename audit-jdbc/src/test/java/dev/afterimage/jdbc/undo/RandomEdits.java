package dev.afterimage.jdbc.undo;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Transactions at random on few rows, by several people; what breaks a constraint is rolled back. */
final class RandomEdits {

    private static final List<String> PEOPLE = List.of("eve", "bob", "ann");

    private final UndoTrial trial;
    private final Random random;

    RandomEdits(UndoTrial trial, Random random) {
        this.trial = trial;
        this.random = random;
    }

    void transactions(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            List<String> statements = new ArrayList<>();
            for (int steps = 1 + random.nextInt(4); steps > 0; steps--) {
                statements.add(statement());
            }
            try {
                trial.as(PEOPLE.get(random.nextInt(PEOPLE.size())), statements.toArray(String[]::new));
            } catch (SQLException e) {
                if (e.getSQLState() == null || !e.getSQLState().startsWith("23")) {
                    throw e;
                }
            }
        }
    }

    private String statement() {
        int id = 1 + random.nextInt(6);
        int other = 1 + random.nextInt(6);
        int slot = random.nextInt(3);
        return switch (random.nextInt(12)) {
            case 0, 1 ->
                "INSERT INTO shard (id, name, weight, tag, active, note) VALUES (" + id + ", '" + name() + "', "
                        + random.nextInt(100) + ", 't" + random.nextInt(9) + "', true, " + text() + ")";
            case 2, 3 ->
                "UPDATE shard SET weight = " + random.nextInt(100) + ", note = " + text() + " WHERE id = " + id;
            case 4 -> "UPDATE shard SET name = '" + name() + "' WHERE id = " + id;
            case 5 -> "DELETE FROM shard WHERE id = " + id;
            case 6, 7 ->
                "INSERT INTO placement (shard_id, slot, state) VALUES (" + id + ", " + slot + ", " + text() + ")";
            case 8 -> "UPDATE placement SET shard_id = " + other + " WHERE shard_id = " + id + " AND slot = " + slot;
            case 9 -> "DELETE FROM placement WHERE shard_id = " + id + " AND slot = " + slot;
            case 10 ->
                "INSERT INTO node (id, parent, label) VALUES (" + id + ", " + (random.nextBoolean() ? "NULL" : other)
                        + ", " + text() + ")";
            default ->
                random.nextBoolean()
                        ? "DELETE FROM node WHERE id = " + id
                        : "UPDATE node SET parent = " + other + " WHERE id = " + id;
        };
    }

    private String name() {
        return "n" + random.nextInt(8);
    }

    private String text() {
        return random.nextInt(4) == 0 ? "NULL" : "'v " + random.nextInt(50) + "'";
    }
}
