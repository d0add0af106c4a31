package dev.afterimage.jdbc.undo;

import dev.afterimage.core.AuditContext;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.resolve.HistoryEntry;
import dev.afterimage.core.table.TableName;
import dev.afterimage.jdbc.replica.JdbcTables;
import dev.afterimage.jdbc.store.HistoryQuery;
import dev.afterimage.jdbc.store.HistoryReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Undoes changes of the trail, and redoes them: a redo is the undo of an undo.
 *
 * <p>A plan shows the statements and what stands in the way, and changes nothing. Executing it happens in one transaction
 * of the production database, all or nothing: rows are locked and compared with the trail again, each statement names
 * every value that it expects, and one that does not change exactly one row takes everything back.
 *
 * <p>Only rows that the trail knows are set back. What the trail does not have yet, because it is still on its way, is not
 * seen here; if it concerns a row of the plan, the comparison finds it.
 *
 * <p>Thread-safe if the data sources are.
 */
public final class Undo {

    /** The attribute of an undo's own changes that tells what they undo, by {@link Selection#reference}. */
    public static final String REVERTS = "reverts";

    private static final String BROKEN_CONNECTION = "08";

    private final HistoryReader history;
    private final String source;
    private final DataSource production;
    private final JdbcTables tables;

    /**
     * Makes an undo; asks nothing yet.
     *
     * @param history the trail
     * @param source the database's name in the trail; changes of others are left alone
     * @param production the database; an audited data source, so that what is undone is in the trail too. Gives out two
     *     connections at once
     */
    public Undo(HistoryReader history, String source, DataSource production) {
        this.history = history;
        this.source = source;
        this.production = production;
        this.tables = new JdbcTables(production);
    }

    /**
     * What would be done, and what stands in the way. Changes nothing.
     *
     * @throws SQLException if trail or production cannot be read
     */
    public UndoPlan plan(Selection selection, UndoOptions options) throws SQLException {
        List<HistoryEntry> entries = selected(selection);
        try (Connection connection = production.getConnection()) {
            Prepared prepared = prepare(connection, selection, options, entries);
            prepared.compare(false);
            return prepared.plan();
        }
    }

    /**
     * The undo to take back, if what is selected was undone: its newest transaction. To redo is to plan and execute it.
     *
     * @return null if the trail has none
     * @throws SQLException if the trail cannot be read
     */
    public Selection.@Nullable Transaction undoOf(Selection selection) throws SQLException {
        List<HistoryEntry> undone =
                read(HistoryQuery.ALL.ofSource(source).withAttribute(REVERTS, selection.reference()));
        if (undone.isEmpty()) {
            return null;
        }
        Change newest = undone.get(undone.size() - 1).change();
        return new Selection.Transaction(
                newest.id().instance(), newest.transaction().number());
    }

    /**
     * Does it, in one transaction.
     *
     * @param plan its selection and options count; statements and conflicts are worked out again
     * @param who acts, and why; what is undone is added as an attribute
     * @return done, or why nothing was changed
     * @throws SQLException if trail or production cannot be read, or the connection broke: if that was around the commit,
     *     the trail will tell whether it happened
     */
    @SuppressWarnings("try") // A scope does its work by being open.
    public UndoResult execute(UndoPlan plan, Actor who) throws SQLException {
        Map<String, String> attributes = new HashMap<>(who.attributes());
        attributes.put(REVERTS, plan.selection().reference());
        Actor actor = new Actor(who.name(), who.tenant(), who.reason(), who.requestId(), attributes);
        try (AuditContext.Scope scope = AuditContext.open(actor);
                Connection connection = production.getConnection()) {
            Prepared prepared = prepare(connection, plan.selection(), plan.options(), plan.entries());
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                prepared.compare(true);
                if (prepared.conflicts.isEmpty()) {
                    prepared.run();
                }
                end(connection, prepared.conflicts.isEmpty());
            } catch (SQLException e) {
                rollBack(connection, e);
                if (e.getSQLState() == null || e.getSQLState().startsWith(BROKEN_CONNECTION)) {
                    throw e;
                }
                prepared.conflicts.add(refused(e));
            } finally {
                if (!connection.isClosed()) {
                    connection.setAutoCommit(autoCommit);
                }
            }
            List<Conflict> conflicts = prepared.explained();
            return new UndoResult(conflicts.isEmpty() ? prepared.drafts.size() : 0, conflicts);
        }
    }

    private static void end(Connection connection, boolean clear) throws SQLException {
        if (clear) {
            connection.commit();
        } else {
            connection.rollback();
        }
    }

    private static void rollBack(Connection connection, SQLException cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static Conflict refused(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        String advice = state.startsWith("40") || state.equals("55P03") || state.equals("HYT00")
                ? "; others hold the rows: try again"
                : "";
        return new Conflict(
                Conflict.Kind.REFUSED,
                null,
                null,
                "the database refused, and nothing was changed (SQLState " + state + "): " + e.getMessage() + advice);
    }

    private List<HistoryEntry> read(HistoryQuery query) throws SQLException {
        List<HistoryEntry> entries = new ArrayList<>();
        history.read(query, HistoryReader.NO_LIMIT, entries::add);
        return entries;
    }

    private List<HistoryEntry> selected(Selection selection) throws SQLException {
        HistoryQuery all = HistoryQuery.ALL.ofSource(source);
        if (selection instanceof Selection.Event event) {
            return read(all.ofEvent(event.id()));
        }
        if (selection instanceof Selection.Transaction transaction) {
            return read(all.inTransaction(transaction.instance(), transaction.number()));
        }
        if (selection instanceof Selection.ByActor by) {
            return read(all.byActor(by.actor()).since(by.from()).until(by.to()));
        }
        Selection.After after = (Selection.After) selection;
        List<HistoryEntry> entries = new ArrayList<>();
        history.read(all.committedAfter(after.moment()), HistoryReader.NO_LIMIT, entry -> {
            if (isOneOf(after, entry.change())) {
                entries.add(entry);
            }
        });
        return entries;
    }

    /** Also a statement of which not even the table is known: it may have changed any. */
    private static boolean isOneOf(Selection.After after, Change change) {
        RowKey from = change.key();
        RowKey to = change.keyAfter();
        if (from == null || to == null) {
            return change.rows() != 0
                    && (change.table() == null || after.tables().contains(change.table()));
        }
        return after.tables().contains(change.table())
                && (after.rows().isEmpty()
                        || after.rows().contains(from.canonical())
                        || after.rows().contains(to.canonical()));
    }

    private Prepared prepare(
            Connection connection, Selection selection, UndoOptions options, List<HistoryEntry> entries)
            throws SQLException {
        Prepared prepared = new Prepared(connection, selection, options, entries);
        prepared.draft();
        return prepared;
    }

    /** An undo on one connection. */
    private final class Prepared {

        private final Connection connection;
        private final Dialect dialect;
        private final TableShapes shapes;
        private final Selection selection;
        private final UndoOptions options;
        private final List<HistoryEntry> entries;
        private final List<Conflict> conflicts = new ArrayList<>();
        private final Set<String> notes = new TreeSet<>();
        private List<Draft> drafts = List.of();
        private Links links = new Links(List.of());
        private boolean deferred;

        Prepared(Connection connection, Selection selection, UndoOptions options, List<HistoryEntry> entries)
                throws SQLException {
            this.connection = connection;
            this.dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
            this.shapes = new TableShapes(tables, connection);
            this.selection = selection;
            this.options = options;
            this.entries = entries;
        }

        void draft() throws SQLException {
            List<HistoryEntry> rows = new ArrayList<>();
            for (HistoryEntry entry : entries) {
                if (entry.change().isRowLevel()) {
                    rows.add(entry);
                } else {
                    conflicts.add(statementLevel(entry.change()));
                }
            }
            Drafting drafting = new Drafting(shapes, options);
            List<Draft> lastFirst = new ArrayList<>();
            List<Reversal> reversals = new ArrayList<>(Reversal.of(rows));
            reversals.sort((one, other) ->
                    HistoryEntry.ORDER.compare(other.last().change(), one.last().change()));
            for (Reversal reversal : reversals) {
                Conflict between = changedBetween(reversal);
                Draft draft = between == null ? drafting.draft(reversal) : null;
                if (between != null) {
                    conflicts.add(between);
                } else if (draft != null) {
                    lastFirst.add(draft);
                }
            }
            conflicts.addAll(drafting.conflicts());
            notes.addAll(drafting.notes());
            links = new Links(lastFirst);
            Links.Order order = links.order();
            drafts = order.drafts();
            deferred = order.deferred();
            if (!order.circle().isEmpty()) {
                conflicts.add(circle(order.circle()));
            }
        }

        private Conflict statementLevel(Change change) {
            String statement = change.statement() == null ? "" : ": " + change.statement();
            return new Conflict(
                    Conflict.Kind.STATEMENT_LEVEL,
                    change.table(),
                    null,
                    "the rows of change " + change.id() + " are not known ("
                            + change.operation().name().toLowerCase(Locale.ROOT) + " of "
                            + (change.rows() < 0 ? "an unknown number of" : change.rows()) + " rows)" + statement);
        }

        private Conflict circle(List<Draft> drafts) {
            Set<String> rows = new LinkedHashSet<>();
            drafts.forEach(draft -> rows.add(draft.table() + " " + draft.key().canonical()));
            return new Conflict(
                    Conflict.Kind.CYCLE,
                    null,
                    null,
                    "these rows refer to each other, or take each other's unique values, and no order suits: "
                            + String.join(", ", rows));
        }

        /** Whether others changed the row between two of the changes. Whoever selects all of a row cannot meet that. */
        private @Nullable Conflict changedBetween(Reversal reversal) throws SQLException {
            if (reversal.changes().size() == 1
                    || reversal.isOfOneTransaction()
                    || selection instanceof Selection.After) {
                return null;
            }
            Change first = reversal.changes().get(0).change();
            Change last = reversal.last().change();
            Set<EventId> own = new HashSet<>(reversal.ids());
            for (HistoryEntry entry : historyOf(reversal)) {
                Change change = entry.change();
                if (!own.contains(change.id())
                        && HistoryEntry.ORDER.compare(first, change) < 0
                        && HistoryEntry.ORDER.compare(change, last) < 0
                        && !(options.onlyColumns() && isApart(entry, reversal))) {
                    return new Conflict(
                            Conflict.Kind.CHANGED_BETWEEN, reversal.table(), reversal.keyNow(), told(change));
                }
            }
            return null;
        }

        private boolean isApart(HistoryEntry other, Reversal reversal) {
            Set<String> columns = other.delta().columns().keySet();
            return other.before().image() != null
                    && other.after().image() != null
                    && reversal.changes().stream()
                            .noneMatch(entry ->
                                    entry.delta().columns().keySet().stream().anyMatch(columns::contains));
        }

        private List<HistoryEntry> historyOf(Reversal reversal) throws SQLException {
            Set<RowKey> keys = new LinkedHashSet<>();
            for (HistoryEntry entry : reversal.changes()) {
                RowKey before = entry.change().key();
                RowKey after = entry.change().keyAfter();
                if (before != null && after != null) {
                    keys.add(before);
                    keys.add(after);
                }
            }
            Set<HistoryEntry> all = new LinkedHashSet<>();
            for (RowKey key : keys) {
                all.addAll(history.history(source, reversal.table(), key));
            }
            return List.copyOf(all);
        }

        void compare(boolean lock) throws SQLException {
            conflicts.addAll(new LiveRows(connection, dialect, shapes).conflicts(drafts, links, lock));
        }

        /** Stops at the first statement that does not do what it should. */
        void run() throws SQLException {
            if (deferred) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET CONSTRAINTS ALL DEFERRED");
                }
            }
            for (Draft draft : drafts) {
                try (PreparedStatement statement = draft.sql(dialect).prepare(connection)) {
                    int rows = statement.executeUpdate();
                    if (rows != 1) {
                        conflicts.add(new Conflict(
                                Conflict.Kind.ROW_CHANGED,
                                draft.table(),
                                draft.key(),
                                "the statement changed " + rows + " rows instead of one"));
                        return;
                    }
                }
            }
        }

        UndoPlan plan() throws SQLException {
            if (deferred) {
                notes.add("Deferrable constraints are checked at the commit: rows refer to each other");
            }
            return new UndoPlan(
                    selection,
                    options,
                    entries,
                    drafts.stream().map(draft -> draft.statement(dialect)).toList(),
                    explained(),
                    List.copyOf(notes));
        }

        /** With what the trail knows of later changes by others. */
        List<Conflict> explained() throws SQLException {
            List<Conflict> explained = new ArrayList<>();
            for (Conflict conflict : conflicts) {
                TableName table = conflict.table();
                RowKey key = conflict.key();
                String later = table == null || key == null || !isOfALiveRow(conflict.kind()) ? "" : later(table, key);
                explained.add(
                        later.isEmpty()
                                ? conflict
                                : new Conflict(conflict.kind(), table, key, conflict.detail() + "; " + later));
            }
            return explained;
        }

        private boolean isOfALiveRow(Conflict.Kind kind) {
            return switch (kind) {
                case ROW_CHANGED, ROW_GONE, ROW_PRESENT -> true;
                default -> false;
            };
        }

        private String later(TableName table, RowKey key) throws SQLException {
            List<HistoryEntry> row = history.history(source, table, key);
            if (row.isEmpty()) {
                return "";
            }
            Change last = row.get(row.size() - 1).change();
            return entries.stream().anyMatch(entry -> entry.change().id().equals(last.id()))
                    ? "the trail has no later change of it"
                    : "last in the trail: " + told(last);
        }
    }

    private static String told(Change change) {
        String name = change.actor().name();
        return change.operation().name().toLowerCase(Locale.ROOT) + " by " + (name == null ? "nobody known" : name)
                + " at " + Instant.EPOCH.plus(change.databaseTime(), ChronoUnit.MICROS) + ", change " + change.id();
    }
}
