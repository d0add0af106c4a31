package dev.afterimage.core.pipeline;

import static dev.afterimage.core.pipeline.Captured.constant;
import static dev.afterimage.core.pipeline.Captured.delete;
import static dev.afterimage.core.pipeline.Captured.ids;
import static dev.afterimage.core.pipeline.Captured.insert;
import static dev.afterimage.core.pipeline.Captured.insertOrIgnore;
import static dev.afterimage.core.pipeline.Captured.keys;
import static dev.afterimage.core.pipeline.Captured.literal;
import static dev.afterimage.core.pipeline.Captured.name;
import static dev.afterimage.core.pipeline.Captured.parameter;
import static dev.afterimage.core.pipeline.Captured.part;
import static dev.afterimage.core.pipeline.Captured.row;
import static dev.afterimage.core.pipeline.Captured.set;
import static dev.afterimage.core.pipeline.Captured.statement;
import static dev.afterimage.core.pipeline.Captured.transaction;
import static dev.afterimage.core.pipeline.Captured.uncounted;
import static dev.afterimage.core.pipeline.Captured.update;
import static dev.afterimage.core.pipeline.Captured.upsert;
import static dev.afterimage.core.pipeline.Captured.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.afterimage.core.codec.StatementDescriptor;
import dev.afterimage.core.codec.StatementDescriptor.Write;
import dev.afterimage.core.codec.TransactionRecord;
import dev.afterimage.core.codec.TransactionRecord.ActorEntry;
import dev.afterimage.core.codec.TransactionRecord.Entry;
import dev.afterimage.core.codec.TransactionRecord.GapEntry;
import dev.afterimage.core.codec.TransactionRecord.StatementEntry;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.resolve.FenceSource;
import dev.afterimage.core.table.TableLookupException;
import dev.afterimage.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeAssemblerTest {

    private final Shapes shapes = new Shapes();
    private final Source source = new Source("shop", shapes, null);
    private final ChangeAssembler assembler = new ChangeAssembler(0xA, new WallClock(() -> 0, () -> 0), 1_000);

    static Stream<Arguments> rowsThatCanBeTold() {
        return Stream.of(
                argumentSet(
                        "insert, key from a parameter",
                        List.of(statement(insert("item", 1, set("id", parameter(1))), row(1, 7))),
                        List.of("INSERT id=7")),
                argumentSet(
                        "insert, key from a literal",
                        List.of(statement(insert("item", 1, set("id", literal(7))), row(1))),
                        List.of("INSERT id=7")),
                argumentSet(
                        "insert without column names",
                        List.of(statement(insert("item", 1, set("", parameter(1)), set("", literal("a"))), row(1, 7))),
                        List.of("INSERT id=7")),
                argumentSet(
                        "insert, key as text",
                        List.of(statement(insert("item", 1, set("id", parameter(1))), row(1, "007"))),
                        List.of("INSERT id=7")),
                argumentSet(
                        "insert, names in another case",
                        List.of(statement(insert("item", 1, set("ID", parameter(1))), row(1, 7))),
                        List.of("INSERT id=7")),
                argumentSet(
                        "insert, serial key returned",
                        List.of(statement(insert("item", 1, set("name", parameter(1))), row(1, "a")), ids(0, 42)),
                        List.of("INSERT id=42")),
                argumentSet(
                        "insert, serial key as DEFAULT, returned under a name in another case",
                        List.of(
                                statement(insert("item", 1, set("id", constant(Value.DEFAULT))), row(1)),
                                keys(0, List.of("NAME", "ID"), List.of(List.of(Value.of("a"), Value.of(42))))),
                        List.of("INSERT id=42")),
                argumentSet(
                        "insert, several rows of VALUES",
                        List.of(statement(insert("item", 2, set("id", parameter(1), literal(9))), row(2, 8))),
                        List.of("INSERT id=8", "INSERT id=9")),
                argumentSet(
                        "insert, several rows, serial keys",
                        List.of(
                                statement(insert("item", 2, set("name", literal("a"), literal("b"))), row(2)),
                                ids(0, 4, 5)),
                        List.of("INSERT id=4", "INSERT id=5")),
                argumentSet(
                        "insert, a given key beside a serial one",
                        List.of(
                                statement(insert("item", 2, set("id", literal(1), constant(Value.DEFAULT))), row(2)),
                                ids(0, 1, 42)),
                        List.of("INSERT id=1", "INSERT id=42")),
                argumentSet(
                        "insert, batch; a row that changed nothing is left out",
                        List.of(statement(insert("item", 1, set("id", parameter(1))), row(1, 1), row(0, 2), row(1, 3))),
                        List.of("INSERT id=1", "INSERT id=3")),
                argumentSet(
                        "insert, batch with serial keys",
                        List.of(
                                statement(
                                        insert("item", 1, set("name", parameter(1))),
                                        row(1, "a"),
                                        row(0, "b"),
                                        row(1, "c")),
                                ids(0, 4, 5)),
                        List.of("INSERT id=4", "INSERT id=5")),
                argumentSet(
                        "insert, batch that the driver has rewritten and does not count",
                        List.of(statement(insert("item", 1, set("id", parameter(1))), row(-2, 1), row(-1, 2))),
                        List.of("INSERT id=1", "INSERT id=2")),
                argumentSet(
                        "insert from a query, keys returned",
                        List.of(statement(insert("item", 0), row(2)), ids(0, 4, 5)),
                        List.of("INSERT id=4", "INSERT id=5")),
                argumentSet(
                        "insert unless there, and it was not",
                        List.of(statement(insertOrIgnore("item", 1, set("id", parameter(1))), row(1, 7))),
                        List.of("INSERT id=7")),
                argumentSet(
                        "insert unless there, and it was",
                        List.of(statement(insertOrIgnore("item", 1, set("id", parameter(1))), row(0, 7))),
                        List.of()),
                argumentSet(
                        "upsert that MariaDB counts twice",
                        List.of(statement(upsert("item", 1, set("id", parameter(1))), row(2, 7))),
                        List.of("UPSERT id=7")),
                argumentSet(
                        "upsert that met a row by another unique key",
                        List.of(statement(upsert("item", 1, set("id", parameter(1))), row(1, 7)), ids(0, 3)),
                        List.of("UPSERT id=3")),
                argumentSet(
                        "update by key",
                        List.of(statement(
                                update("item", List.of(set("name", parameter(1))), where("id", parameter(2))),
                                row(1, "a", 7))),
                        List.of("UPDATE id=7")),
                argumentSet(
                        "update by key in another case",
                        List.of(statement(update("item", List.of(), where("Id", parameter(1))), row(1, 7))),
                        List.of("UPDATE id=7")),
                argumentSet(
                        "update by a list of keys, all found",
                        List.of(statement(
                                update("item", List.of(), where("id", literal(1), literal(2), literal(2))), row(2))),
                        List.of("UPDATE id=1", "UPDATE id=2")),
                argumentSet(
                        "update by key and something else",
                        List.of(statement(
                                update("item", List.of(), where("name", literal("x")), where("id", literal(1))),
                                row(1))),
                        List.of("UPDATE id=1")),
                argumentSet(
                        "update, keys returned",
                        List.of(
                                statement(update("item", List.of(), where("name", literal("x"))), row(2)),
                                ids(0, 4, 5)),
                        List.of("UPDATE id=4", "UPDATE id=5")),
                argumentSet(
                        "update of the key",
                        List.of(statement(
                                update("item", List.of(set("id", parameter(1))), where("id", parameter(2))),
                                row(1, 8, 7))),
                        List.of("UPDATE id=7 to id=8")),
                argumentSet(
                        "update of the key, its name in another case",
                        List.of(statement(
                                update("item", List.of(set("ID", parameter(1))), where("id", parameter(2))),
                                row(1, 8, 7))),
                        List.of("UPDATE id=7 to id=8")),
                argumentSet(
                        "update of the key to itself",
                        List.of(statement(
                                update("item", List.of(set("id", literal("7"))), where("id", parameter(1))),
                                row(1, 7))),
                        List.of("UPDATE id=7")),
                argumentSet(
                        "update of a part of a composite key",
                        List.of(statement(
                                update(
                                        "line",
                                        List.of(set("pos", literal(9))),
                                        where("pos", literal(2)),
                                        where("order_id", literal(1))),
                                row(1))),
                        List.of("UPDATE order_id=1,pos=2 to order_id=1,pos=9")),
                argumentSet(
                        "delete by composite keys",
                        List.of(statement(
                                delete("line", where("order_id", literal(1)), where("pos", literal(1), literal(2))),
                                row(2))),
                        List.of("DELETE order_id=1,pos=1", "DELETE order_id=1,pos=2")),
                argumentSet(
                        "delete by a list of keys with a NULL, which equals none",
                        List.of(statement(delete("item", where("id", literal(1), constant(Value.NULL))), row(1))),
                        List.of("DELETE id=1")),
                argumentSet(
                        "delete of nothing",
                        List.of(statement(delete("item", where("id", literal(1))), row(0))),
                        List.of()),
                argumentSet(
                        "two statements, the second with returned keys",
                        List.of(
                                statement(insert("item", 1, set("name", parameter(1))), row(1, "a")),
                                statement(insert("item", 1, set("name", parameter(1))), row(1, "b")),
                                ids(1, 6),
                                ids(0, 5)),
                        List.of("INSERT id=5", "INSERT id=6")));
    }

    @ParameterizedTest
    @MethodSource
    void rowsThatCanBeTold(List<Entry> entries, List<String> expected) {
        List<Change> changes = changes(transaction(entries.toArray(Entry[]::new)));

        assertThat(changes).extracting(ChangeAssemblerTest::brief).containsExactlyElementsOf(expected);
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.rows()).isOne();
            assertThat(change.gap()).isNull();
            assertThat(change.statement()).isNull();
        });
    }

    static Stream<Arguments> rowsThatCannotBeTold() {
        Write byList = update("item", List.of(), where("id", literal(1), literal(2), literal(3)));
        return Stream.of(
                argumentSet(
                        "insert, serial key not returned",
                        List.of(statement(insert("item", 1, set("name", parameter(1))), row(1, "a"))),
                        List.of("INSERT 1")),
                argumentSet(
                        "insert, masked key",
                        List.of(statement(insert("item", 1, set("id", constant(Value.MASKED))), row(1))),
                        List.of("INSERT 1")),
                argumentSet(
                        "insert, some rows left out by ON CONFLICT DO NOTHING",
                        List.of(statement(
                                insertOrIgnore("item", 3, set("id", literal(1), literal(2), literal(3))), row(2))),
                        List.of("INSERT 2")),
                argumentSet(
                        "insert with ON CONFLICT DO NOTHING, not counted",
                        List.of(statement(insertOrIgnore("item", 1, set("id", literal(1))), row(-2))),
                        List.of("INSERT -1")),
                argumentSet(
                        "insert, fewer keys returned than rows inserted",
                        List.of(
                                statement(insert("item", 1, set("name", parameter(1))), row(1, "a"), row(1, "b")),
                                ids(0, 4)),
                        List.of("INSERT 1", "INSERT 1")),
                argumentSet(
                        "insert from a query, more keys returned than rows inserted",
                        List.of(statement(insert("item", 0), row(1)), ids(0, 4, 5)),
                        List.of("INSERT 1")),
                argumentSet(
                        "update by a list of keys, fewer found",
                        List.of(statement(byList, row(2))),
                        List.of("UPDATE 2")),
                argumentSet(
                        "update by key, the count of another write",
                        List.of(statement(uncounted(update("item", List.of(), where("id", literal(1)))), row(1))),
                        List.of("UPDATE -1")),
                argumentSet(
                        "update by key, not counted",
                        List.of(statement(
                                update("item", List.of(), where("id", parameter(1))), row(-2, 1), row(-1, 2))),
                        List.of("UPDATE -1", "UPDATE -1")),
                argumentSet(
                        "update without a key",
                        List.of(statement(update("item", List.of(), where("name", literal("x"))), row(5))),
                        List.of("UPDATE 5")),
                argumentSet(
                        "update by a part of a composite key",
                        List.of(statement(update("line", List.of(), where("order_id", literal(1))), row(1))),
                        List.of("UPDATE 1")),
                argumentSet(
                        "update of the key to what the database computes",
                        List.of(statement(
                                update("item", List.of(set("id", constant(Value.DEFAULT))), where("id", literal(1))),
                                row(1))),
                        List.of("UPDATE 1")),
                argumentSet(
                        "update of the key, keys returned: old or new is not known",
                        List.of(
                                statement(
                                        update("item", List.of(set("id", literal(8))), where("name", literal("x"))),
                                        row(1)),
                                ids(0, 8)),
                        List.of("UPDATE 1")),
                argumentSet(
                        "delete by a masked key",
                        List.of(statement(delete("item", where("id", constant(Value.MASKED))), row(1))),
                        List.of("DELETE 1")),
                argumentSet(
                        "delete by a key that is no number",
                        List.of(statement(delete("item", where("id", literal("abc"))), row(1))),
                        List.of("DELETE 1")),
                argumentSet(
                        "truncate, which databases count as nothing",
                        List.of(statement(truncate("item"), row(0))),
                        List.of("TRUNCATE -1")),
                argumentSet(
                        "unknown table",
                        List.of(statement(insert("view", 1, set("id", literal(1))), row(1))),
                        List.of("INSERT 1")));
    }

    private static Write truncate(String table) {
        return new Write(Operation.TRUNCATE, name(table), List.of(), 0, List.of(), true, false);
    }

    @ParameterizedTest
    @MethodSource
    void rowsThatCannotBeTold(List<Entry> entries, List<String> expected) {
        List<Change> changes = changes(transaction(entries.toArray(Entry[]::new)));

        assertThat(changes)
                .extracting(change -> change.operation() + " " + change.rows())
                .containsExactlyElementsOf(expected);
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.key()).isNull();
            assertThat(change.gap()).isEqualTo(GapReason.ROWS_UNKNOWN);
            assertThat(change.statement()).isEqualTo("the statement");
        });
    }

    @Test
    void aBatchWithASkippedRowKeepsTheKeysOfTheOthersApart() {
        Write two = insertOrIgnore("item", 2, set("name", literal("a"), literal("b")));

        List<Change> changes = changes(transaction(statement(two, row(1), row(2)), ids(0, 10, 20, 21)));

        assertThat(changes)
                .extracting(ChangeAssemblerTest::brief)
                .containsExactly("INSERT null", "INSERT id=20", "INSERT id=21");
    }

    @Test
    void assignmentsAreThoseOfTheRow() {
        Write write =
                insert("item", 2, set("id", literal(1), literal(2)), set("NAME", parameter(1), constant(Value.MASKED)));

        List<Change> changes = changes(transaction(statement(write, row(2, "a"))));

        assertThat(changes.get(0).assigned())
                .containsExactly(new Assignment("id", Value.of(1)), new Assignment("name", Value.of("a")));
        assertThat(changes.get(1).assigned())
                .containsExactly(new Assignment("id", Value.of(2)), new Assignment("name", Value.MASKED));
    }

    @Test
    void columnsByPlaceAreNamedByTheTable() {
        Write write = insert("item", 1, set("", literal(1)), set("", literal("a")));

        assertThat(changes(transaction(statement(write, row(1)))).get(0).assigned())
                .extracting(Assignment::column)
                .containsExactly("id", "name");
    }

    @Test
    void aStatementLevelChangeSaysWhatItSetIfThatIsOneRow() {
        Write one = update("item", List.of(set("name", parameter(1))), where("name", literal("x")));
        Write two = insertOrIgnore("item", 2, set("id", literal(1), literal(2)));

        List<Change> changes = changes(transaction(statement(one, row(5, "a")), statement(two, row(1))));

        assertThat(changes.get(0).assigned()).containsExactly(new Assignment("name", Value.of("a")));
        assertThat(changes.get(1).assigned()).isEmpty();
    }

    @Test
    void aTableWithoutPrimaryKeyIsRecordedByStatementWithTheCountsAddedUp() {
        Write write = insert("log", 1, set("line", parameter(1)));

        List<Change> changes = changes(transaction(statement(write, row(1, "a"), row(1, "b"))));

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.gap()).isEqualTo(GapReason.NO_PRIMARY_KEY);
            assertThat(change.rows()).isEqualTo(2);
            assertThat(change.assigned()).isEmpty();
        });
    }

    @Test
    void aStatementThatChangedNothingInATableWithoutPrimaryKeyIsNoChange() {
        assertThat(changes(transaction(statement(insert("log", 1), row(0))))).isEmpty();
    }

    @Test
    void aTruncatedTableWithoutPrimaryKeyIsAChange() {
        assertThat(changes(transaction(statement(truncate("log"), row(0)))))
                .extracting(Change::rows)
                .containsExactly(-1L);
    }

    @Test
    void aCountThatIsNotKnownMakesTheSumUnknown() {
        assertThat(changes(transaction(statement(insert("log", 1), row(1), row(-2), row(1)))))
                .extracting(Change::rows)
                .containsExactly(-1L);
    }

    @Test
    void aFailedLookupIsAGapOfTheChangeAndTheChangeKeepsItsTable() {
        shapes.failure = new TableLookupException("away", new IllegalStateException());

        assertThat(changes(transaction(statement(insert("item", 1, set("id", literal(1))), row(1)))))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.gap()).isEqualTo(GapReason.KEY_LOOKUP_FAILED);
                    assertThat(change.table()).isEqualTo(name("item"));
                    assertThat(change.assigned()).containsExactly(new Assignment("id", Value.of(1)));
                });
    }

    @Test
    void aLookupThatFailsInAnotherWayLosesNoChangeEither() {
        shapes.failure = new IllegalStateException("pool closed");

        assertThat(changes(transaction(statement(insert("item", 1, set("id", literal(1))), row(1)))))
                .extracting(Change::gap)
                .containsExactly(GapReason.KEY_LOOKUP_FAILED);
    }

    @Test
    void aStatementWithoutWritesHasTheGapOfItsDescriptor() {
        StatementDescriptor call = new StatementDescriptor("call f(?)", 1, List.of(), GapReason.CODE_IN_DATABASE);

        List<Change> changes = changes(transaction(
                new StatementEntry(0, call, List.of(row(0, 1))),
                new StatementEntry(0, call, List.of(row(1, 1), row(2, 2))),
                new StatementEntry(0, call, List.of(row(1, 1), row(-1, 2)))));

        assertThat(changes).extracting(Change::rows).containsExactly(0L, 3L, -1L);
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.operation()).isEqualTo(Operation.OTHER);
            assertThat(change.gap()).isEqualTo(GapReason.CODE_IN_DATABASE);
            assertThat(change.statement()).isEqualTo("call f(?)");
            assertThat(change.table()).isNull();
        });
    }

    @Test
    void aDescriptorWithAGapIsTakenAtItsWord() {
        StatementDescriptor unsure = new StatementDescriptor(
                "?", 0, List.of(insert("item", 1, set("id", literal(1)))), GapReason.STATEMENT_NOT_UNDERSTOOD);

        assertThat(changes(transaction(new StatementEntry(0, unsure, List.of(row(1))))))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.key()).isNull();
                    assertThat(change.gap()).isEqualTo(GapReason.STATEMENT_NOT_UNDERSTOOD);
                });
    }

    @Test
    void aChangeCarriesItsTransactionTimesAndFence() {
        FenceLog fences = new FenceLog(positions(10, 7_000_000), new WallClock(() -> 0, () -> 0));
        fences.read();
        TransactionRecord doubtful = new TransactionRecord(
                0,
                0,
                true,
                true,
                5,
                500_000,
                2_000_000,
                List.of(statement(insert("item", 1, set("id", literal(1))), row(1))),
                0);

        Change change = (Change) assembler.assemble(doubtful, source, fences).get(0);

        assertThat(change.id()).isEqualTo(new EventId(0xA, 1));
        assertThat(change.source()).isEqualTo("shop");
        assertThat(change.transaction().number()).isEqualTo(5);
        assertThat(change.transaction().outcome()).isEqualTo(Outcome.IN_DOUBT);
        assertThat(change.transaction().committedAt()).isEqualTo(2_000);
        assertThat(change.changedAt()).isEqualTo(1_000);
        assertThat(change.databaseTime()).isEqualTo(7_001_000);
        assertThat(change.fence()).isEqualTo(new Fence(Fence.LSN, Long.MIN_VALUE, 10));
    }

    @Test
    void theLastChangeTellsHowManyThereWere() {
        List<AuditEvent> events = assemble(transaction(
                inserted(1), inserted(2), new GapEntry(GapReason.UNWRAPPED, -1, "raw"), inserted(3), gapEntry()));

        assertThat(events).hasSize(5);
        assertThat(onlyChanges(events))
                .extracting(change -> change.transaction().index())
                .containsExactly(0, 1, 2);
        assertThat(onlyChanges(events))
                .extracting(change -> change.transaction().count())
                .containsExactly(0, 0, 3);
    }

    @Test
    void partsContinueIndexActorAndKeys() {
        Actor alice = new Actor("alice", null, null, null, Map.of());
        Write serial = insert("item", 1, set("name", literal("a")));

        List<Change> first = changes(part(9, 0, false, new ActorEntry(alice), inserted(1)));
        List<Change> other = changes(part(10, 0, true, inserted(5)));
        List<Change> second = changes(part(9, 1, true, statement(serial, row(1)), ids(1, 42)));

        assertThat(first).singleElement().satisfies(change -> {
            assertThat(change.transaction().count()).isZero();
            assertThat(change.actor()).isEqualTo(alice);
        });
        assertThat(other)
                .singleElement()
                .satisfies(change -> assertThat(change.actor()).isEqualTo(Actor.UNKNOWN));
        assertThat(second).singleElement().satisfies(change -> {
            assertThat(change.transaction().index()).isEqualTo(1);
            assertThat(change.transaction().count()).isEqualTo(2);
            assertThat(change.actor()).isEqualTo(alice);
            assertThat(brief(change)).isEqualTo("INSERT id=42");
        });
    }

    /** The statements of the dropped part are not numbered, so the keys would go to the wrong ones. */
    @Test
    void behindADroppedPartReturnedKeysAreNotBelieved() {
        Write serial = insert("item", 1, set("name", literal("a")));
        assemble(part(9, 0, false, inserted(1)));

        List<Change> changes =
                changes(part(9, 2, true, statement(serial, row(1)), statement(serial, row(1)), ids(2, 42)));

        assertThat(changes).extracting(ChangeAssemblerTest::brief).containsExactly("INSERT null", "INSERT null");
    }

    @Test
    void aTransactionWithADroppedPartNeverLooksComplete() {
        assemble(part(9, 0, false, inserted(1)));
        List<Change> middleGone = changes(part(9, 2, true, inserted(3)));
        List<Change> firstGone = changes(part(10, 1, true, inserted(3)));

        assertThat(middleGone)
                .extracting(change -> change.transaction().count())
                .containsExactly(0);
        assertThat(firstGone).extracting(change -> change.transaction().count()).containsExactly(0);
    }

    @Test
    void theActorChangesWithinATransaction() {
        Actor alice = new Actor("alice", null, null, null, Map.of());
        Actor bob = new Actor("bob", null, null, null, Map.of());

        List<AuditEvent> events = assemble(transaction(
                inserted(1), new ActorEntry(alice), inserted(2), gapEntry(), new ActorEntry(bob), inserted(3)));

        assertThat(onlyChanges(events)).extracting(Change::actor).containsExactly(Actor.UNKNOWN, alice, bob);
        assertThat(((Gap) events.get(2)).actor()).isEqualTo(alice);
    }

    @Test
    void theSequenceIsDenseAcrossTransactionsAndGaps() {
        List<AuditEvent> events = new ArrayList<>(assemble(transaction(inserted(1), gapEntry(), inserted(2))));
        events.add(assembler.gap("shop", GapReason.DROPPED, "full", 3));
        events.addAll(assemble(part(2, 0, true, inserted(3))));

        assertThat(events).extracting(event -> event.id().sequence()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(events).extracting(event -> event.id().instance()).containsOnly(0xAL);
    }

    @Test
    void aRecordThatCannotBeAssembledTakesNoNumbers() {
        Write broken = insert("item", 1, set("id", parameter(0)));

        assertThatThrownBy(() -> assemble(transaction(inserted(1), statement(broken, row(1)))))
                .isInstanceOf(RuntimeException.class);

        assertThat(assemble(transaction(inserted(2))).get(0).id().sequence()).isOne();
    }

    private static Entry inserted(long id) {
        return statement(insert("item", 1, set("id", literal(id))), row(1));
    }

    private static Entry gapEntry() {
        return new GapEntry(GapReason.TOO_LARGE, 1, "cut");
    }

    private static String brief(Change change) {
        String key = change.key() == null ? "null" : change.key().canonical();
        String moved = change.newKey() == null ? "" : " to " + change.newKey().canonical();
        return change.operation() + " " + key + moved;
    }

    private static FenceSource positions(long position, long clockOffset) {
        return new FenceSource() {
            @Override
            public String kind() {
                return Fence.LSN;
            }

            @Override
            public Reading read() {
                return new Reading(position, clockOffset);
            }
        };
    }

    private List<AuditEvent> assemble(TransactionRecord record) {
        return assembler.assemble(record, source, null);
    }

    private List<Change> changes(TransactionRecord record) {
        return onlyChanges(assemble(record));
    }

    private static List<Change> onlyChanges(List<AuditEvent> events) {
        return events.stream()
                .filter(Change.class::isInstance)
                .map(Change.class::cast)
                .toList();
    }
}
