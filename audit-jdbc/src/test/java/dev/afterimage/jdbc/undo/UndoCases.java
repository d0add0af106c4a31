package dev.afterimage.jdbc.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.resolve.HistoryEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Undo and redo, and everything that may be in the way. */
@SuppressWarnings("NullAway.Init") // JUnit's life cycle
abstract class UndoCases {

    private static final String SHARD = "CREATE TABLE shard (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL UNIQUE,"
            + " weight DECIMAL(8, 2), ratio DOUBLE PRECISION, tag CHAR(6), since DATE, touched TIMESTAMP NULL, active BOOLEAN,"
            + " note VARCHAR(200))";
    private static final String PLACEMENT = "CREATE TABLE placement (shard_id INT NOT NULL, slot INT NOT NULL,"
            + " state VARCHAR(20), PRIMARY KEY (shard_id, slot),"
            + " CONSTRAINT placed FOREIGN KEY (shard_id) REFERENCES shard (id))";
    private static final String NODE = "CREATE TABLE node (id INT PRIMARY KEY, parent INT, label VARCHAR(20),"
            + " CONSTRAINT below FOREIGN KEY (parent) REFERENCES node (id))";
    private static final String TICKET =
            "CREATE TABLE ticket (id INT %s PRIMARY KEY, name VARCHAR(40), twice INT GENERATED ALWAYS AS (length(name) * 2)%s)";

    static final String[] TABLES = {"shard", "placement", "node", "ticket"};

    private static final String INSERT_SHARD =
            "INSERT INTO shard (id, name, weight, ratio, tag, since, touched, active, note) VALUES ";

    private static final int ROUNDS = 6;

    private UndoTrial trial;

    enum Product {
        POSTGRESQL,
        H2,
        MARIADB
    }

    abstract Product product();

    abstract DataSource database() throws SQLException;

    final boolean is(Product product) {
        return product() == product;
    }

    final UndoTrial trial() {
        return trial;
    }

    /** Another trial, with other settings. */
    final UndoTrial retry(Map<String, String> properties) throws SQLException {
        trial.close();
        trial.unseen("DELETE FROM beat");
        trial = new UndoTrial(database(), UndoTrial.kindOf(is(Product.POSTGRESQL)), properties);
        return trial;
    }

    @BeforeEach
    final void begin() throws SQLException {
        DataSource database = database();
        String identity = is(Product.MARIADB) ? "AUTO_INCREMENT" : "GENERATED ALWAYS AS IDENTITY";
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("placement", "shard", "node", "ticket", "extra", "beat")) {
                statement.execute("DROP TABLE IF EXISTS " + table);
            }
            for (String create : List.of(
                    "CREATE TABLE beat (id INT PRIMARY KEY)",
                    SHARD,
                    PLACEMENT,
                    NODE,
                    TICKET.formatted(identity, is(Product.H2) ? "" : " STORED"))) {
                statement.execute(create);
            }
        }
        trial = new UndoTrial(database, UndoTrial.kindOf(is(Product.POSTGRESQL)), Map.of());
        trial.as(
                "admin",
                INSERT_SHARD + shard(1, "one"),
                INSERT_SHARD + shard(2, "two"),
                "INSERT INTO placement (shard_id, slot, state) VALUES (1, 1, 'warm')",
                "INSERT INTO placement (shard_id, slot, state) VALUES (1, 2, NULL)");
    }

    @AfterEach
    final void end() {
        trial.close();
    }

    static String shard(int id, String name) {
        return "(" + id + ", '" + name
                + "', 12.50, 0.1, 'ab', DATE '2026-02-28', TIMESTAMP '2026-02-28 12:30:00', true,"
                + " 'it''s \"fine\"')";
    }

    final Instant now() throws SQLException {
        return trial.now(
                switch (product()) {
                    case POSTGRESQL -> "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
                    case MARIADB -> "SELECT CAST(UNIX_TIMESTAMP(SYSDATE(6)) * 1000000 AS SIGNED)";
                    case H2 ->
                        "SELECT DATEDIFF(MICROSECOND, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z', CURRENT_TIMESTAMP(9))";
                });
    }

    private List<Conflict.Kind> conflicts(Selection selection) throws SQLException {
        return trial.conflicts(selection, UndoOptions.SAFE, TABLES);
    }

    @Test
    void anUpdateGoesBackToWhatTheRowWas() throws SQLException {
        Map<String, List<String>> before = trial.rows(TABLES);
        trial.as("eve", "UPDATE shard SET weight = 13, note = NULL, tag = 'x', active = false WHERE id = 1");
        UndoPlan plan =
                trial.done(new Selection.Event(trial.newest("shard").change().id()));
        assertThat(trial.rows(TABLES)).isEqualTo(before);
        assertThat(plan.statements()).hasSize(1);
        assertThat(plan.statements().get(0).shown())
                .contains(
                        "12.50", "'it''s \"fine\"'", is(Product.MARIADB) ? "<=> 13.00" : "IS NOT DISTINCT FROM 13.00");
    }

    @Test
    void aPlanChangesNothing() throws SQLException {
        trial.as("eve", "UPDATE shard SET weight = 13 WHERE id = 1");
        Map<String, List<String>> before = trial.rows(TABLES);
        assertThat(trial.plan(trial.newestTransaction("shard")).isClear()).isTrue();
        assertThat(trial.rows(TABLES)).isEqualTo(before);
    }

    @Test
    void deletedParentsComeBackBeforeTheirChildren() throws SQLException {
        Map<String, List<String>> before = trial.rows(TABLES);
        trial.as("eve", "DELETE FROM placement WHERE shard_id = 1 AND slot = 1");
        trial.as(
                "eve",
                "DELETE FROM placement WHERE shard_id = 1 AND slot = 2",
                "DELETE FROM shard WHERE id = 1",
                "DELETE FROM shard WHERE id = 2");
        trial.done(new Selection.ByActor("eve", Instant.EPOCH, now()));
        assertThat(trial.rows(TABLES)).isEqualTo(before);
    }

    @Test
    void insertedChildrenGoBeforeTheirParents() throws SQLException {
        Map<String, List<String>> before = trial.rows(TABLES);
        Instant moment = now();
        trial.as("eve", INSERT_SHARD + shard(3, "three"));
        trial.as("bob", "INSERT INTO placement (shard_id, slot, state) VALUES (3, 1, 'new')");
        trial.as("bob", "UPDATE shard SET note = 'later' WHERE id = 3");
        UndoPlan plan = trial.done(trial.after(moment, "shard", "placement"));
        assertThat(trial.rows(TABLES)).isEqualTo(before);
        assertThat(plan.statements()).hasSize(2);
    }

    @Test
    void rowsThatReferToTheirOwnTableComeBackInOrder() throws SQLException {
        trial.as(
                "admin",
                "INSERT INTO node (id, parent, label) VALUES (5, NULL, 'root')",
                "INSERT INTO node (id, parent, label) VALUES (3, 5, 'child')",
                "INSERT INTO node (id, parent, label) VALUES (4, 3, 'leaf')");
        Map<String, List<String>> before = trial.rows(TABLES);
        trial.as("eve", "UPDATE node SET parent = NULL WHERE id = 3");
        trial.as(
                "eve",
                "DELETE FROM node WHERE id = 5",
                "DELETE FROM node WHERE id = 4",
                "DELETE FROM node WHERE id = 3");
        trial.done(new Selection.ByActor("eve", Instant.EPOCH, now()));
        assertThat(trial.rows(TABLES)).isEqualTo(before);
    }

    @Test
    void severalChangesOfARowAreOneStatement() throws SQLException {
        Map<String, List<String>> before = trial.rows(TABLES);
        for (int weight = 20; weight < 24; weight++) {
            trial.as("eve", "UPDATE shard SET weight = " + weight + " WHERE id = 1");
        }
        UndoPlan plan = trial.done(new Selection.ByActor("eve", Instant.EPOCH, now()));
        assertThat(plan.statements()).hasSize(1);
        assertThat(plan.statements().get(0).undoes()).hasSize(4);
        assertThat(trial.rows(TABLES)).isEqualTo(before);
    }

    @Test
    void aKeyThatWasChangedComesBack() throws SQLException {
        Map<String, List<String>> before = trial.rows(TABLES);
        trial.as("eve", "UPDATE shard SET id = 22, note = 'moved' WHERE id = 2");
        trial.done(trial.newestTransaction("shard"));
        assertThat(trial.rows(TABLES)).isEqualTo(before);
    }

    @Test
    void aDeletedKeyThatAnotherRowTookIsFreedFirst() throws SQLException {
        Map<String, List<String>> before = trial.rows(TABLES);
        Instant moment = now();
        trial.as("eve", "DELETE FROM shard WHERE id = 2");
        trial.as("eve", INSERT_SHARD + shard(9, "two"));
        trial.as("eve", "UPDATE shard SET id = 2 WHERE id = 9");
        trial.done(trial.after(moment, "shard"));
        assertThat(trial.rows(TABLES)).isEqualTo(before);
    }

    @Test
    void aUniqueValueIsFreedBeforeItIsTaken() throws SQLException {
        Map<String, List<String>> before = trial.rows(TABLES);
        Instant moment = now();
        trial.as("eve", "UPDATE shard SET name = 'old' WHERE id = 1");
        trial.as("bob", "UPDATE shard SET name = 'one' WHERE id = 2");
        trial.done(trial.after(moment, "shard"));
        assertThat(trial.rows(TABLES)).isEqualTo(before);
    }

    @Test
    void numbersOfTheDatabaseComeBackAndComputedColumnsAreLeftToIt() throws SQLException {
        trial.as("admin", "INSERT INTO ticket (name) VALUES ('first')");
        trial.as("admin", "UPDATE ticket SET name = 'other' WHERE id = 1");
        Map<String, List<String>> before = trial.rows(TABLES);
        trial.as("eve", "UPDATE ticket SET name = 'a longer one' WHERE id = 1");
        trial.as("eve", "DELETE FROM ticket WHERE id = 1");
        trial.done(new Selection.ByActor("eve", Instant.EPOCH, now()));
        assertThat(trial.rows(TABLES)).isEqualTo(before);
    }

    @Test
    void undoRedoUndo() throws SQLException {
        Map<String, List<String>> before = trial.rows(TABLES);
        trial.as(
                "eve",
                "DELETE FROM placement WHERE shard_id = 1 AND slot = 2",
                "UPDATE shard SET weight = 1 WHERE id = 2",
                INSERT_SHARD + shard(3, "three"));
        Map<String, List<String>> after = trial.rows(TABLES);
        Selection mistake = trial.newestTransaction("shard");
        assertThat(trial.undo().undoOf(mistake)).isNull();
        trial.done(mistake);
        assertThat(trial.rows(TABLES)).isEqualTo(before);
        HistoryEntry undone = trial.newest("shard");
        assertThat(undone.change().actor().name()).isEqualTo("ops");
        assertThat(undone.change().actor().reason()).isEqualTo("mistake");
        assertThat(undone.change().actor().attributes()).containsEntry(Undo.REVERTS, mistake.reference());
        Selection.Transaction undo = Objects.requireNonNull(trial.undo().undoOf(mistake));
        trial.done(undo);
        assertThat(trial.rows(TABLES)).isEqualTo(after);
        assertThat(trial.newest("shard").change().actor().attributes()).containsEntry(Undo.REVERTS, undo.reference());
        trial.done(mistake);
        assertThat(trial.rows(TABLES)).isEqualTo(before);
        assertThat(trial.undo().undoOf(mistake)).isNotEqualTo(undo);
    }

    @Test
    void aRowThatOthersChangedSinceIsAConflict() throws SQLException {
        trial.as("eve", "UPDATE shard SET weight = 1 WHERE id = 1");
        Selection mistake = trial.newestTransaction("shard");
        trial.as("bob", "UPDATE shard SET note = 'mine' WHERE id = 1");
        assertThat(conflicts(mistake)).containsExactly(Conflict.Kind.ROW_CHANGED);
        assertThat(trial.plan(mistake).conflicts().get(0).detail())
                .containsIgnoringCase("note is mine")
                .contains("update by bob");
        assertThat(trial.conflicts(mistake, new UndoOptions(true, false))).isEmpty();
        assertThat(trial.row("shard", 0)).contains("12.50", "mine");
    }

    @Test
    void aRowThatWasChangedBehindTheTrailsBackIsAConflict() throws SQLException {
        trial.as("eve", "UPDATE shard SET weight = 1 WHERE id = 1");
        trial.unseen("UPDATE shard SET name = 'ONE' WHERE id = 1");
        assertThat(conflicts(trial.newestTransaction("shard"))).containsExactly(Conflict.Kind.ROW_CHANGED);
    }

    @Test
    void caseAndTrailingBlanksAreDifferences() throws SQLException {
        trial.as("eve", "UPDATE shard SET weight = 1, note = 'abc' WHERE id = 1");
        for (String note : List.of("ABC", "abc ", "äbc", "")) {
            trial.unseen("UPDATE shard SET note = '" + note + "' WHERE id = 1");
            assertThat(conflicts(trial.newestTransaction("shard"))).as(note).containsExactly(Conflict.Kind.ROW_CHANGED);
        }
    }

    @Test
    void changesOfOthersInBetweenAreAConflict() throws SQLException {
        trial.as("eve", "UPDATE shard SET weight = 1 WHERE id = 1");
        trial.as("bob", "UPDATE shard SET note = 'mine' WHERE id = 1");
        trial.as("eve", "UPDATE shard SET weight = 2 WHERE id = 1");
        Selection byEve = new Selection.ByActor("eve", Instant.EPOCH, now());
        assertThat(conflicts(byEve)).containsExactly(Conflict.Kind.CHANGED_BETWEEN);
        assertThat(trial.conflicts(byEve, new UndoOptions(true, false))).isEmpty();
        assertThat(trial.row("shard", 0)).contains("12.50", "mine");
    }

    @Test
    void onlyColumnsDoesNotHelpWhereTheSameColumnWasChanged() throws SQLException {
        trial.as("eve", "UPDATE shard SET weight = 1 WHERE id = 1");
        trial.as("bob", "UPDATE shard SET weight = 5 WHERE id = 1");
        trial.as("eve", "UPDATE shard SET weight = 2 WHERE id = 1");
        Selection byEve = new Selection.ByActor("eve", Instant.EPOCH, now());
        assertThat(trial.conflicts(byEve, new UndoOptions(true, false), TABLES))
                .containsExactly(Conflict.Kind.CHANGED_BETWEEN);
    }

    @Test
    void aRowThatHasGoneIsAConflict() throws SQLException {
        trial.as("eve", "UPDATE shard SET weight = 1 WHERE id = 2");
        trial.unseen("DELETE FROM shard WHERE id = 2");
        assertThat(conflicts(trial.newestTransaction("shard"))).containsExactly(Conflict.Kind.ROW_GONE);
    }

    @Test
    void aRowThatIsThereAgainIsAConflict() throws SQLException {
        trial.as("eve", "DELETE FROM shard WHERE id = 2");
        Selection mistake = trial.newestTransaction("shard");
        trial.unseen(INSERT_SHARD + shard(2, "again"));
        assertThat(conflicts(mistake)).containsExactly(Conflict.Kind.ROW_PRESENT);
    }

    @Test
    void aUniqueValueThatAnotherRowHasNowIsAConflict() throws SQLException {
        trial.as("eve", "DELETE FROM shard WHERE id = 2");
        Selection mistake = trial.newestTransaction("shard");
        trial.unseen(INSERT_SHARD + shard(7, "two"));
        assertThat(conflicts(mistake)).containsExactly(Conflict.Kind.ROW_PRESENT);
    }

    @Test
    void aRowOfWhichTheTrailHasNoImageIsAConflict() throws SQLException {
        trial.unseen(INSERT_SHARD + shard(8, "eight"));
        trial.as("eve", "UPDATE shard SET weight = 1 WHERE id = 8");
        assertThat(conflicts(trial.newestTransaction("shard"))).containsExactly(Conflict.Kind.IMAGE_UNKNOWN);
        trial.as("eve", "DELETE FROM shard WHERE id = 8");
    }

    @Test
    void aStatementWhoseRowsAreUnknownIsAConflict() throws SQLException {
        trial.as("eve", "UPDATE shard SET weight = weight + 1 WHERE active = true");
        assertThat(conflicts(trial.newestTransaction("shard"))).containsExactly(Conflict.Kind.STATEMENT_LEVEL);
    }

    @Test
    void aTableThatHasGoneIsAConflict() throws SQLException {
        trial.unseen("CREATE TABLE extra (id INT PRIMARY KEY, name VARCHAR(20))");
        trial.as("eve", "INSERT INTO extra (id, name) VALUES (1, 'a')");
        Selection mistake = trial.newestTransaction("extra");
        trial.unseen("DROP TABLE extra");
        assertThat(conflicts(mistake)).containsExactly(Conflict.Kind.TABLE_CHANGED);
    }

    @Test
    void aColumnThatHasGoneIsAConflict() throws SQLException {
        trial.as("eve", "UPDATE shard SET note = 'x' WHERE id = 1");
        Selection mistake = trial.newestTransaction("shard");
        trial.unseen("ALTER TABLE shard DROP COLUMN note");
        assertThat(conflicts(mistake)).containsExactly(Conflict.Kind.COLUMN_CHANGED);
    }

    @Test
    void aParentThatIsMissingIsAConflict() throws SQLException {
        trial.as("eve", "DELETE FROM placement WHERE shard_id = 1 AND slot = 1");
        Selection mistake = trial.newestTransaction("placement");
        trial.unseen("DELETE FROM placement", "DELETE FROM shard WHERE id = 1");
        assertThat(conflicts(mistake)).containsExactly(Conflict.Kind.PARENT_MISSING);
    }

    @Test
    void rowsThatReferToAnInsertedOneAreAConflict() throws SQLException {
        trial.as("eve", INSERT_SHARD + shard(3, "three"));
        Selection mistake = trial.newestTransaction("shard");
        trial.as("bob", "INSERT INTO placement (shard_id, slot, state) VALUES (3, 1, 'new')");
        assertThat(conflicts(mistake)).containsExactly(Conflict.Kind.STILL_REFERENCED);
    }

    @Test
    void valuesThatWereSwappedAreACircle() throws SQLException {
        Instant moment = now();
        trial.as("eve", "UPDATE shard SET name = 'x' WHERE id = 1");
        trial.as("eve", "UPDATE shard SET name = 'one' WHERE id = 2");
        trial.as("eve", "UPDATE shard SET name = 'two' WHERE id = 1");
        assertThat(conflicts(trial.after(moment, "shard"))).containsExactly(Conflict.Kind.CYCLE);
    }

    @Test
    void maskedColumnsMakeAnUndoIncomplete() throws SQLException {
        UndoTrial masked = retry(Map.of("audit.columns.mask", is(Product.H2) ? "SHARD.NOTE" : "shard.note"));
        masked.as("admin", INSERT_SHARD + shard(3, "three"));
        masked.as("eve", "UPDATE shard SET note = 'secret', weight = 1 WHERE id = 3");
        Selection update = masked.newestTransaction("shard");
        assertThat(conflicts(update)).containsExactly(Conflict.Kind.INCOMPLETE);
        masked.as("eve", "DELETE FROM shard WHERE id = 3");
        Selection delete = masked.newestTransaction("shard");
        assertThat(conflicts(delete)).containsExactly(Conflict.Kind.INCOMPLETE);
        UndoOptions incomplete = new UndoOptions(false, true);
        assertThat(masked.undo().plan(delete, incomplete).notes())
                .anyMatch(note -> note.endsWith(is(Product.H2) ? "NOTE" : "note"));
        assertThat(masked.conflicts(delete, incomplete)).isEmpty();
        assertThat(masked.row("shard", 2)).contains("three", "1.00", "null");
        assertThat(masked.conflicts(update, incomplete)).isEmpty();
        assertThat(masked.row("shard", 2)).contains("12.50");
    }

    @Test
    void aMaskedColumnThatARowCannotDoWithout() throws SQLException {
        UndoTrial masked = retry(Map.of("audit.columns.exclude", is(Product.H2) ? "SHARD.NAME" : "shard.name"));
        masked.as("admin", INSERT_SHARD + shard(3, "three"));
        masked.as("eve", "DELETE FROM shard WHERE id = 3");
        assertThat(masked.conflicts(masked.newestTransaction("shard"), new UndoOptions(false, true), TABLES))
                .containsExactly(Conflict.Kind.INCOMPLETE);
    }

    @Test
    void aWriterBetweenPlanAndExecution() throws SQLException {
        trial.as(
                "eve",
                "UPDATE shard SET weight = 1 WHERE id = 1",
                "UPDATE shard SET weight = 1 WHERE id = 2",
                INSERT_SHARD + shard(3, "three"));
        UndoPlan plan = trial.plan(trial.newestTransaction("shard"));
        assertThat(plan.isClear()).isTrue();
        trial.as("bob", "UPDATE shard SET note = 'mine' WHERE id = 2");
        Map<String, List<String>> before = trial.rows(TABLES);
        UndoResult result = trial.execute(plan);
        assertThat(result.conflicts()).extracting(Conflict::kind).containsExactly(Conflict.Kind.ROW_CHANGED);
        assertThat(result.conflicts().get(0).detail()).contains("update by bob");
        assertThat(trial.rows(TABLES)).isEqualTo(before);
    }

    @Test
    void whatTheDatabaseRefusesIsAConflict() throws SQLException {
        Assumptions.assumeFalse(is(Product.H2), "H2 in memory has no constraint that could be unseen");
        trial.as("eve", "UPDATE shard SET weight = 1 WHERE id = 1", "UPDATE shard SET weight = 2 WHERE id = 2");
        trial.unseen("ALTER TABLE shard ADD CONSTRAINT light CHECK (id = 2 OR weight < 10)");
        Selection mistake = trial.newestTransaction("shard");
        Map<String, List<String>> before = trial.rows(TABLES);
        UndoResult result = trial.execute(trial.plan(mistake));
        assertThat(result.conflicts()).extracting(Conflict::kind).containsExactly(Conflict.Kind.REFUSED);
        assertThat(trial.rows(TABLES)).isEqualTo(before);
        trial.unseen("ALTER TABLE shard DROP CONSTRAINT light");
    }

    @Test
    void onlyTheRowsThatWereAskedFor() throws SQLException {
        Instant moment = now();
        trial.as("eve", "UPDATE shard SET weight = 1 WHERE id = 1");
        trial.as("eve", "UPDATE shard SET weight = 1 WHERE id = 2");
        String key =
                Objects.requireNonNull(trial.newest("shard").change().key()).canonical();
        trial.done(new Selection.After(moment, List.of(trial.table("shard")), List.of(key)));
        assertThat(trial.row("shard", 0)).contains("|1.00|");
        assertThat(trial.row("shard", 1)).contains("|12.50|");
    }

    @Test
    void whatOtherDatabasesOfTheTrailDidIsLeftAlone() throws SQLException {
        trial.as("eve", "UPDATE shard SET weight = 1 WHERE id = 1");
        Undo other = new Undo(trial.history(), "another", trial.audited());
        UndoPlan plan = other.plan(trial.newestTransaction("shard"), UndoOptions.SAFE);
        assertThat(plan.entries()).isEmpty();
        assertThat(other.execute(plan, Actor.UNKNOWN).statements()).isZero();
    }

    /** A table {@code extra (id, ...)} of the types that the database has; the first statement makes it. */
    abstract List<String> allTypes();

    @Test
    void everyTypeIsComparedAndPutBack() throws SQLException {
        List<String> statements = allTypes();
        trial.unseen(statements.get(0));
        for (String insert : statements.subList(1, statements.size())) {
            trial.as("admin", insert);
            Map<String, List<String>> with = trial.rows("extra");
            Selection made = trial.newestTransaction("extra");
            trial.done(made);
            assertThat(trial.rows("extra").get("extra"))
                    .hasSize(Objects.requireNonNull(with.get("extra")).size() - 1);
            trial.done(Objects.requireNonNull(trial.undo().undoOf(made)));
            assertThat(trial.rows("extra")).isEqualTo(with);
            String key = Objects.requireNonNull(trial.newest("extra").change().key())
                    .values()
                    .get(0);
            trial.as("eve", "UPDATE extra SET " + trial.nulls("extra") + " WHERE id = " + key);
            trial.done(trial.newestTransaction("extra"));
            assertThat(trial.rows("extra")).isEqualTo(with);
        }
    }

    @Test
    void whateverWasDoneIsUndoneAndRedone() throws SQLException {
        long seed = Long.getLong("audit.seed", ThreadLocalRandom.current().nextLong(1_000_000));
        System.out.println(getClass().getSimpleName() + ": -Daudit.seed=" + seed);
        RandomEdits edits = new RandomEdits(trial, new Random(seed));
        int statements = 0;
        int conflicts = 0;
        int exact = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            edits.transactions(10);
            Instant moment = now();
            Map<String, List<String>> then = trial.rows(TABLES);
            edits.transactions(10);
            Map<String, List<String>> later = trial.rows(TABLES);
            Selection all = trial.after(moment, TABLES);
            UndoPlan plan = trial.plan(all);
            statements += plan.statements().size();
            conflicts += plan.conflicts().size();
            if (!plan.isClear()) {
                // Rows that swapped their values; nothing else is in the way of whoever undoes all.
                assertThat(plan.conflicts()).extracting(Conflict::kind).containsOnly(Conflict.Kind.CYCLE);
                continue;
            }
            assertThat(trial.execute(plan).conflicts())
                    .as("seed %d %s", seed, plan.statements())
                    .isEmpty();
            assertThat(trial.rows(TABLES))
                    .as("seed %d %s", seed, plan.statements())
                    .isEqualTo(then);
            if (!plan.statements().isEmpty()) {
                trial.done(Objects.requireNonNull(trial.undo().undoOf(all)));
                assertThat(trial.rows(TABLES)).as("seed %d", seed).isEqualTo(later);
            }
            exact++;
        }
        System.out.println("undo: " + product() + " rounds=" + ROUNDS + " statements=" + statements + " conflicts="
                + conflicts + " restored exactly=" + exact);
        assertThat(exact).isPositive();
    }
}
