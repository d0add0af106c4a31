package dev.afterimage.core.resolve;

import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.table.ColumnRules;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableLookupException;
import dev.afterimage.core.table.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds each change until the replica contains it, reads its row there, and gives both to the store. Used by one thread
 * at a time.
 *
 * <p>A change whose fence the replica cannot compare (none was read, or it is of another kind) is due at once: no wait
 * would tell more. Its row is not read, and it is stored with what its statement says. The same goes for statement-level
 * changes and deletes, which leave no row to read.
 */
public final class Resolver implements EventHandler {

    /** Not more often than this is the replica asked how far it is. */
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    private final Replica replica;
    private final AuditStore store;
    private final ColumnRules rules;
    private final LongSupplier nanoTime;
    private long reached = Long.MIN_VALUE;
    private long askedAt;
    private boolean asked;

    /**
     * Makes a resolver; it does not close what it is given.
     *
     * @param rules columns that must not show in any image
     */
    public Resolver(Replica replica, AuditStore store, ColumnRules rules) {
        this(replica, store, rules, System::nanoTime);
    }

    Resolver(Replica replica, AuditStore store, ColumnRules rules, LongSupplier nanoTime) {
        this.replica = replica;
        this.store = store;
        this.rules = rules;
        this.nanoTime = nanoTime;
    }

    @Override
    public boolean isDue(AuditEvent event) {
        if (!(event instanceof Change change) || !isReadable(change)) {
            return true;
        }
        Fence fence = change.fence();
        return fence == null || fence.position() <= reached || fence.position() <= ask();
    }

    /** The position that the replica had reached when it was last asked; {@link Long#MIN_VALUE} before that. */
    public long reached() {
        return reached;
    }

    private long ask() {
        long now = nanoTime.getAsLong();
        if (!asked || now - askedAt >= ASK_AGAIN_NANOS) {
            reached = replica.reached();
            askedAt = nanoTime.getAsLong();
            asked = true;
        }
        return reached;
    }

    private boolean isReadable(Change change) {
        Fence fence = change.fence();
        return change.isRowLevel() && fence != null && fence.kind().equals(replica.fenceKind());
    }

    @Override
    public void handle(List<AuditEvent> due) {
        List<Change> changes = new ArrayList<>();
        List<Gap> gaps = new ArrayList<>();
        for (AuditEvent event : due) {
            if (event instanceof Change change) {
                changes.add(change);
            } else if (event instanceof Gap gap) {
                gaps.add(gap);
            }
        }
        store.apply(observe(changes), gaps);
    }

    private List<ObservedChange> observe(List<Change> changes) {
        Map<TableName, Table> tables = tables(changes);
        Map<TableName, Set<RowKey>> wanted = new HashMap<>();
        for (Change change : changes) {
            TableName name = change.table();
            RowKey key = change.keyAfter();
            Table table = name == null ? null : tables.get(name);
            if (name != null && table != null && key != null && isReadable(change) && isKeyOf(key, table)) {
                wanted.computeIfAbsent(name, any -> new LinkedHashSet<>()).add(key);
            }
        }
        Map<TableName, Map<RowKey, Observation>> seen = new HashMap<>();
        wanted.forEach((name, keys) -> {
            Table table = tables.get(name);
            if (table != null) {
                seen.put(name, replica.read(table, keys));
            }
        });
        return changes.stream().map(change -> observed(change, tables, seen)).toList();
    }

    private static boolean isKeyOf(RowKey key, Table table) {
        return key.columns().stream().map(RowKey.Part::column).toList().equals(table.keyColumns());
    }

    private Map<TableName, Table> tables(List<Change> changes) {
        Map<TableName, Table> tables = new HashMap<>();
        Set<TableName> names = new HashSet<>();
        for (Change change : changes) {
            TableName name = change.table();
            if (name != null && names.add(name)) {
                Table table = find(name);
                if (table != null) {
                    tables.put(name, table);
                }
            }
        }
        return tables;
    }

    private @Nullable Table find(TableName name) {
        try {
            return replica.tables().find(name);
        } catch (TableLookupException e) {
            throw new ReplicaUnavailableException("Table " + name + " could not be looked up on the replica", e);
        }
    }

    private ObservedChange observed(
            Change change, Map<TableName, Table> tables, Map<TableName, Map<RowKey, Observation>> seen) {
        TableName name = change.table();
        Table table = name == null ? null : tables.get(name);
        if (name == null || table == null) {
            return new ObservedChange(change, null, null);
        }
        RowKey key = change.keyAfter();
        Observation observation = key == null || !isReadable(change)
                ? null
                : seen.getOrDefault(name, Map.of()).get(key);
        return new ObservedChange(
                change, rules.visible(table), observation == null ? null : hidden(observation, table));
    }

    private Observation hidden(Observation observation, Table table) {
        Image image = observation.image();
        if (image == null) {
            return observation;
        }
        Set<String> columns = new HashSet<>(image.columns().keySet());
        columns.removeIf(column -> !rules.hides(table.name(), column));
        return new Observation(image.without(columns), observation.version(), observation.from(), observation.until());
    }
}
