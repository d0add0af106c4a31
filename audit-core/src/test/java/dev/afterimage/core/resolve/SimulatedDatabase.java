package dev.afterimage.core.resolve;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.ColumnType.Kind;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row store with row locks, transactions of several writers, and a log of commits, which remembers what each change
 * really did. Two tables, one of which computes a column by itself.
 */
final class SimulatedDatabase {

    static final Table PLAIN = table("plain", false);
    static final Table TRIGGERED = table("triggered", true);

    /** What a change really did; images are null where the row did not exist. */
    record Truth(@Nullable Image before, @Nullable Image after) {}

    private record Row(Image image, String version) {}

    private record Place(TableName table, String id) {}

    private final Random random;
    private final boolean fenced;
    private Map<Place, Row> rows = new HashMap<>();
    private final TreeMap<Long, Map<Place, Row>> commits = new TreeMap<>();
    private final Map<Place, Writer> locks = new HashMap<>();
    private final List<Writer> writers = new ArrayList<>();
    final List<Change> published = new ArrayList<>();
    final Map<EventId, Truth> truths = new HashMap<>();
    private long clock = 1_000;
    private long position = 100;
    private int versions;
    private int numbers;
    private final long[] sequences = new long[3];

    SimulatedDatabase(Random random, boolean fenced) {
        this.random = random;
        this.fenced = fenced;
        commits.put(0L, Map.of());
    }

    private static Table table(String name, boolean computed) {
        return new Table(
                TableName.of("public", name),
                List.of(
                        new Column("id", new ColumnType(Kind.INTEGER, "int8", 0)),
                        new Column("a", new ColumnType(Kind.INTEGER, "int8", 0)),
                        new Column("b", new ColumnType(Kind.TEXT, "text", -1)),
                        new Column("c", new ColumnType(Kind.INTEGER, "int8", 0), computed)),
                List.of("id"));
    }

    static Table tableOf(Change change) {
        return PLAIN.name().equals(change.table()) ? PLAIN : TRIGGERED;
    }

    void run(int steps) {
        for (int i = 0; i < steps || !writers.isEmpty(); i++) {
            boolean start = i < steps && (writers.isEmpty() || (writers.size() < 3 && random.nextInt(3) == 0));
            if (start) {
                writers.add(new Writer(random.nextInt(sequences.length)));
            } else {
                Writer writer = writers.get(random.nextInt(writers.size()));
                if (writer.work.size() >= 4 || random.nextInt(2) == 0 || i >= steps) {
                    writer.end();
                } else {
                    writer.write();
                }
            }
        }
    }

    long end() {
        return position + 20;
    }

    /** Reads a row as a replica would that has replayed up to some position. */
    Observation read(RowRef row, long from, long at, long until, boolean versioned) {
        Row found = commits.floorEntry(at)
                .getValue()
                .get(new Place(row.table(), row.key().values().get(0)));
        return found == null
                ? Observation.absent(from, until)
                : new Observation(found.image(), versioned ? found.version() : null, from, until);
    }

    static RowKey key(String id) {
        return new RowKey(List.of(new RowKey.Part("id", id)));
    }

    /** A change before its commit is known. */
    private record Pending(
            Operation operation,
            TableName table,
            @Nullable String id,
            @Nullable String newId,
            List<Assignment> assigned,
            long rows,
            long at,
            Truth truth) {}

    private final class Writer {
        final int instance;
        final long number = ++numbers;
        final List<Pending> work = new ArrayList<>();
        final Map<Place, @Nullable Row> undo = new LinkedHashMap<>();
        String version = "x" + ++versions;

        Writer(int instance) {
            this.instance = instance;
        }

        private boolean lock(Place place) {
            Writer holder = locks.get(place);
            if (holder != null && holder != this) {
                return false;
            }
            locks.put(place, this);
            return true;
        }

        private void put(Place place, @Nullable Image image) {
            if (!undo.containsKey(place)) {
                undo.put(place, rows.get(place));
            }
            if (image == null) {
                rows.remove(place);
            } else {
                rows.put(place, new Row(image, version));
            }
        }

        void write() {
            Table table = random.nextBoolean() ? PLAIN : TRIGGERED;
            if (random.nextInt(4) == 0) {
                version = "x" + ++versions; // as a savepoint would
            }
            clock += random.nextInt(10) == 0 && !work.isEmpty() ? 0 : 1;
            if (random.nextInt(12) == 0) {
                statement(table);
            } else {
                row(table, Integer.toString(random.nextInt(4)));
            }
        }

        private void row(Table table, String id) {
            Place place = new Place(table.name(), id);
            if (!lock(place)) {
                return;
            }
            Row old = rows.get(place);
            Image before = old == null ? null : old.image();
            int dice = random.nextInt(10);
            if (dice == 0) {
                Image after = image(table, id, before, assigned("a", number()), null);
                change(Operation.UPSERT, place, null, assigned("a", Value.of(random.nextInt(9))), before, after);
            } else if (before == null) {
                List<Assignment> set = random.nextBoolean()
                        ? List.of(assign("a", number()), assign("b", text()))
                        : List.of(assign("a", number()), assign("b", text()), assign("c", number()));
                change(Operation.INSERT, place, null, set, null, image(table, id, null, set, null));
            } else if (dice < 3) {
                change(Operation.DELETE, place, null, List.of(), before, null);
            } else if (dice == 3) {
                move(table, place, before);
            } else {
                List<Assignment> set =
                        random.nextBoolean() ? assigned("a", number()) : List.of(assign("b", maskedOrComputed()));
                change(Operation.UPDATE, place, null, set, before, image(table, id, before, set, null));
            }
        }

        private void move(Table table, Place place, Image before) {
            String newId = Integer.toString(random.nextInt(4));
            Place target = new Place(table.name(), newId);
            if (rows.containsKey(target) || !lock(target)) {
                return;
            }
            List<Assignment> set = assigned("id", Value.of(Long.parseLong(newId)));
            Image after = image(table, newId, before, set, newId);
            put(place, null);
            put(target, after);
            work.add(new Pending(
                    Operation.UPDATE, table.name(), place.id(), newId, set, 1, clock, new Truth(before, after)));
        }

        private void statement(Table table) {
            List<Place> places = new ArrayList<>();
            for (int id = 0; id < 4; id++) {
                Place place = new Place(table.name(), Integer.toString(id));
                if (!lock(place)) {
                    return;
                }
                places.add(place);
            }
            boolean truncate = random.nextInt(3) == 0;
            List<Assignment> set = truncate ? List.of() : assigned("a", number());
            long changed = 0;
            for (Place place : places) {
                Row old = rows.get(place);
                if (old != null && (truncate || random.nextBoolean())) {
                    put(place, truncate ? null : image(table, place.id(), old.image(), set, null));
                    changed++;
                }
            }
            work.add(new Pending(
                    truncate ? Operation.TRUNCATE : Operation.UPDATE,
                    table.name(),
                    null,
                    null,
                    set,
                    truncate ? -1 : changed,
                    clock,
                    new Truth(null, null)));
        }

        private void change(
                Operation operation,
                Place place,
                @Nullable String newId,
                List<Assignment> set,
                @Nullable Image before,
                @Nullable Image after) {
            put(place, after);
            work.add(new Pending(operation, place.table(), place.id(), newId, set, 1, clock, new Truth(before, after)));
        }

        /**
         * Commits, rolls back, or loses the connection in the middle of either. It takes a microsecond at least: who
         * waited for one of the rows has completed a statement on it at a later moment.
         */
        void end() {
            clock++;
            writers.remove(this);
            locks.values().removeIf(holder -> holder == this);
            int dice = random.nextInt(12);
            if (dice == 0 || dice == 1) {
                undo.forEach((place, row) -> {
                    if (row == null) {
                        rows.remove(place);
                    } else {
                        rows.put(place, row);
                    }
                });
            } else {
                position += 1 + random.nextInt(3);
                Map<Place, Row> committed = new HashMap<>(rows);
                writers.forEach(open -> open.undo.forEach((place, row) -> {
                    if (row == null) {
                        committed.remove(place);
                    } else {
                        committed.put(place, row);
                    }
                }));
                commits.put(position, committed);
            }
            if (dice != 0) {
                boolean inDoubt = dice == 1 || dice == 2;
                publish(inDoubt ? Outcome.IN_DOUBT : Outcome.COMMITTED);
            }
        }

        private void publish(Outcome outcome) {
            Fence fence = fence();
            for (int index = 0; index < work.size(); index++) {
                Pending one = work.get(index);
                EventId id = new EventId(instance, ++sequences[instance]);
                int count = index == work.size() - 1 ? work.size() : 0;
                Change change = new Change(
                        id,
                        "app",
                        new TransactionInfo(number, index, count, clock, outcome),
                        one.operation(),
                        one.table(),
                        one.id() == null ? null : key(one.id()),
                        one.newId() == null ? null : key(one.newId()),
                        one.assigned(),
                        one.rows(),
                        one.id() == null ? "statement" : null,
                        Actor.UNKNOWN,
                        one.at(),
                        0,
                        fence,
                        null);
                published.add(one.id() == null ? change : returned(change, one.truth()));
                truths.put(id, one.truth());
            }
        }

        /** Some statements are asked to return the row as it is, some also as it was. */
        private Change returned(Change change, Truth truth) {
            return switch (random.nextInt(8)) {
                case 0 -> change.withImages(null, truth.after());
                case 1 -> change.withImages(truth.before(), truth.after());
                default -> change;
            };
        }

        private @Nullable Fence fence() {
            if (!fenced && random.nextInt(4) == 0) {
                return null;
            }
            long notBefore = random.nextInt(10) == 0 ? Long.MIN_VALUE : position - 1 - random.nextInt(6);
            return new Fence(Fence.LSN, notBefore, position + random.nextInt(6));
        }
    }

    private Image image(Table table, String id, @Nullable Image before, List<Assignment> set, @Nullable String newId) {
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        columns.put("id", newId == null ? id : newId);
        for (String name : List.of("a", "b", "c")) {
            columns.put(name, before == null ? null : before.columns().get(name));
        }
        for (Assignment one : set) {
            Value value = one.value();
            boolean told = value.isKnown();
            columns.put(one.column(), told ? value.text() : "secret " + random.nextInt(1000));
        }
        if (table.equals(TRIGGERED)) {
            columns.put("c", Integer.toString(random.nextInt(1_000_000)));
        }
        return new Image(columns);
    }

    private static Assignment assign(String column, Value value) {
        return new Assignment(column, value);
    }

    private static List<Assignment> assigned(String column, Value value) {
        return List.of(assign(column, value));
    }

    private Value number() {
        return random.nextInt(5) == 0 ? Value.NULL : Value.of(random.nextInt(1_000_000));
    }

    private Value text() {
        return Value.of("t" + random.nextInt(1_000_000));
    }

    private Value maskedOrComputed() {
        return switch (random.nextInt(6)) {
            case 0 -> Value.MASKED;
            case 1 -> new Value(ValueType.EXPRESSION, "lower(b)");
            default -> text();
        };
    }
}
