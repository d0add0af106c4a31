package dev.afterimage.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrailDerivationTest {

    private final MemoryTrail trail = new MemoryTrail();

    private static Change change(
            long at, Operation operation, @Nullable String id, @Nullable String newId, Assignment... assigned) {
        return new Change(
                new EventId(7, at),
                "app",
                new TransactionInfo(at, 0, 1, at, Outcome.COMMITTED),
                operation,
                SimulatedDatabase.PLAIN.name(),
                id == null ? null : SimulatedDatabase.key(id),
                newId == null ? null : SimulatedDatabase.key(newId),
                List.of(assigned),
                id == null ? 2 : 1,
                null,
                Actor.UNKNOWN,
                at,
                0,
                new Fence(Fence.LSN, at - 1, at),
                null);
    }

    private static Assignment set(String column, Value value) {
        return new Assignment(column, value);
    }

    private static Image image(String id, @Nullable String a, @Nullable String b) {
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        columns.put("id", id);
        columns.put("a", a);
        columns.put("b", b);
        columns.put("c", null);
        return new Image(columns);
    }

    /** The row as read once the replica had reached {@code at}, and no more. */
    private static ObservedChange read(Change change, @Nullable Image image, long at) {
        return new ObservedChange(change, SimulatedDatabase.PLAIN, new Observation(image, "v" + at, at, at));
    }

    private static ObservedChange unread(Change change) {
        return new ObservedChange(change, SimulatedDatabase.PLAIN, null);
    }

    private final Change insert =
            change(10, Operation.INSERT, "1", null, set("a", Value.of(1)), set("b", Value.of("x")));

    @Test
    void aChangeToNullIsKeptApartFromNoChange() {
        Change update = change(20, Operation.UPDATE, "1", null, set("b", Value.NULL));
        trail.apply(List.of(read(insert, image("1", "1", "x"), 10)));
        trail.apply(List.of(read(update, image("1", "1", null), 20)));
        assertThat(trail.entry(update).delta().columns())
                .isEqualTo(Map.of("b", new Delta.Column(new Delta.Cell("x"), new Delta.Cell(null))));
        assertThat(trail.entry(update).resolution()).isEqualTo(Resolution.REPLICA);
    }

    @Test
    void aDeleteKeepsItsBeforeImageWhenTheKeyIsInsertedAgain() {
        Change delete = change(20, Operation.DELETE, "1", null);
        Change again = change(30, Operation.INSERT, "1", null, set("a", Value.of(2)), set("b", Value.of("y")));
        trail.apply(
                List.of(read(insert, image("1", "2", "y"), 30), unread(delete), read(again, image("1", "2", "y"), 30)));
        assertThat(trail.entry(insert).resolution()).isEqualTo(Resolution.COALESCED);
        trail.apply(List.of(read(insert, image("1", "2", "y"), 30)));
        assertThat(trail.entry(delete).after()).isEqualTo(RowState.ABSENT);
        assertThat(trail.entry(delete).before()).isEqualTo(RowState.UNKNOWN);
        assertThat(trail.entry(again).before()).isEqualTo(RowState.ABSENT);
        assertThat(trail.entry(again).after()).isEqualTo(RowState.of(image("1", "2", "y")));
    }

    @Test
    void earlierChangesOfOneReadArePutTogether() {
        Change first = change(20, Operation.UPDATE, "1", null, set("a", Value.of(5)));
        Change second = change(30, Operation.UPDATE, "1", null, set("a", Value.of(6)));
        Image seen = image("1", "6", "x");
        trail.apply(List.of(read(first, seen, 30), read(second, seen, 30)));
        assertThat(trail.entry(first).resolution()).isEqualTo(Resolution.RECONSTRUCTED);
        assertThat(trail.entry(first).after()).isEqualTo(RowState.of(image("1", "5", "x")));
        assertThat(trail.entry(second).before()).isEqualTo(trail.entry(first).after());
        assertThat(trail.entry(second).resolution()).isEqualTo(Resolution.REPLICA);
    }

    @Test
    void aKeyChangeEndsOneHistoryAndBeginsAnother() {
        Change move = change(20, Operation.UPDATE, "1", "2", set("id", Value.of(2)));
        Change later = change(30, Operation.UPSERT, "1", null, set("a", Value.of(3)));
        Change atNew = change(40, Operation.DELETE, "2", null);
        trail.apply(List.of(read(insert, image("1", "1", "x"), 10)));
        trail.apply(List.of(read(move, image("2", "1", "x"), 20)));
        trail.apply(List.of(read(later, image("1", "3", null), 30), unread(atNew)));
        assertThat(trail.entry(move).before()).isEqualTo(RowState.of(image("1", "1", "x")));
        assertThat(trail.entry(later).before()).as("an upsert that inserted").isEqualTo(RowState.ABSENT);
        assertThat(trail.entry(atNew).before()).isEqualTo(RowState.of(image("2", "1", "x")));
    }

    @Test
    void aMaskedColumnDoesNotShowInTheImage() {
        Change update = change(20, Operation.UPDATE, "1", null, set("b", Value.MASKED));
        trail.apply(List.of(read(update, image("1", "1", "secret"), 20)));
        assertThat(trail.entry(update).after().image())
                .isEqualTo(image("1", "1", "secret").without(Set.of("b")));
        assertThat(trail.entry(update).toString()).doesNotContain("secret");
    }

    @Test
    void aLateStatementTakesBackWhatMayShowIt() {
        Change statement = change(15, Operation.UPDATE, null, null, set("a", Value.of(9)));
        Change update = change(20, Operation.UPDATE, "1", null, set("b", Value.of("y")));
        trail.apply(List.of(read(insert, image("1", "9", "x"), 16)));
        assertThat(trail.entry(insert).resolution())
                .as("the read shows another value than was assigned")
                .isEqualTo(Resolution.COALESCED);
        trail.apply(List.of(read(update, image("1", "9", "y"), 20)));
        trail.apply(List.of(unread(statement)));
        assertThat(trail.entry(insert).after()).isEqualTo(RowState.UNKNOWN);
        assertThat(trail.entry(insert).resolution()).isEqualTo(Resolution.COALESCED);
        assertThat(trail.entry(update).before()).isEqualTo(RowState.UNKNOWN);
        assertThat(trail.entry(update).resolution()).isEqualTo(Resolution.REPLICA);
    }

    @Test
    void aReadThatDoesNotContainTheChangeProvesNothing() {
        trail.apply(List.of(read(insert, image("1", "1", "x"), 9)));
        assertThat(trail.entry(insert).resolution()).isNotEqualTo(Resolution.REPLICA);
    }
}
