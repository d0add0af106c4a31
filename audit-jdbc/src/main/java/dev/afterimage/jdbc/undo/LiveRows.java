package dev.afterimage.jdbc.undo;

import dev.afterimage.core.table.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares drafts with the rows that are on production, and with those that refer to them. */
final class LiveRows {

    private static final Comparator<Draft> PLACE = Comparator.comparing(
                    (Draft draft) -> draft.table().toString())
            .thenComparing(draft -> draft.key().canonical());

    private final Connection connection;
    private final Dialect dialect;
    private final TableShapes shapes;
    private final List<Conflict> conflicts = new ArrayList<>();

    LiveRows(Connection connection, Dialect dialect, TableShapes shapes) {
        this.connection = connection;
        this.dialect = dialect;
        this.shapes = shapes;
    }

    /**
     * What stands in the way.
     *
     * @param lock whether the rows are locked, so that what is found holds until the transaction ends
     */
    List<Conflict> conflicts(List<Draft> drafts, Links links, boolean lock) throws SQLException {
        // Always in the same order: two that lock the same rows then wait for each other, but never in a circle.
        for (Draft draft : drafts.stream().sorted(PLACE).toList()) {
            if (!draft.isInsert()) {
                compare(draft, lock);
            }
        }
        for (Draft draft : drafts) {
            expectFree(draft, links);
            expectParents(draft, links);
            expectNoChildren(draft, links);
        }
        return conflicts;
    }

    private void add(Conflict.Kind kind, Draft draft, String detail) {
        conflicts.add(new Conflict(kind, draft.table(), draft.key(), detail));
    }

    private void compare(Draft draft, boolean lock) throws SQLException {
        BoundSql sql = new BoundSql(dialect).text("SELECT 1");
        for (String column : draft.compared()) {
            ColumnType type = draft.shape().type(column);
            sql.text(", " + draft.quoted(column) + ", ")
                    .value(
                            "(" + dialect.same(draft.quoted(column), type) + ")",
                            type,
                            draft.now().get(column));
        }
        sql.text(" FROM " + draft.shape().names().quoted(draft.shape().name()));
        draft.where(sql, draft.key());
        sql.text(lock ? " FOR UPDATE" : "");
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                add(Conflict.Kind.ROW_GONE, draft, "the row is not there any more");
                return;
            }
            List<String> differences = new ArrayList<>();
            int index = 2;
            for (String column : draft.compared()) {
                if (!row.getBoolean(index + 1)) {
                    differences.add(column + " is " + row.getString(index) + ", in the trail "
                            + draft.now().get(column));
                }
                index += 2;
            }
            if (!differences.isEmpty()) {
                add(Conflict.Kind.ROW_CHANGED, draft, String.join("; ", differences));
            }
        } catch (SQLException e) {
            if (lock || e.getSQLState() == null || !e.getSQLState().startsWith("22")) {
                throw e;
            }
            add(Conflict.Kind.COLUMN_CHANGED, draft, "a column is of another type now: " + e.getMessage());
        }
    }

    private void expectFree(Draft draft, Links links) throws SQLException {
        for (List<String> columns : draft.shape().uniques()) {
            List<String> values = draft.takes(columns);
            if (values != null) {
                Links.Values wanted = new Links.Values(draft.shape().name(), columns, values);
                if (!links.isGiven(wanted) && rows(wanted) > 0) {
                    add(Conflict.Kind.ROW_PRESENT, draft, "there is another row with " + described(wanted));
                }
            }
        }
    }

    private void expectParents(Draft draft, Links links) throws SQLException {
        Set<Links.Values> seen = new HashSet<>();
        for (ForeignKey foreign : draft.shape().parents()) {
            List<String> values = draft.takes(foreign.childColumns());
            if (values == null) {
                continue;
            }
            Links.Values parent = new Links.Values(foreign.parent(), foreign.parentColumns(), values);
            if (!links.isTaken(parent) && seen.add(parent) && (links.isGiven(parent) || rows(parent) == 0)) {
                add(
                        Conflict.Kind.PARENT_MISSING,
                        draft,
                        "it refers to " + foreign.parent() + " " + described(parent)
                                + (links.isGiven(parent) ? ", which this undo removes" : ", which is not there")
                                + " (" + foreign.name() + ")");
            }
        }
    }

    private void expectNoChildren(Draft draft, Links links) throws SQLException {
        for (ForeignKey foreign : draft.shape().children()) {
            List<String> values = draft.gives(foreign.parentColumns());
            if (values == null
                    || links.isTaken(new Links.Values(draft.shape().name(), foreign.parentColumns(), values))) {
                continue;
            }
            Links.Values children = new Links.Values(foreign.child(), foreign.childColumns(), values);
            long referring = rows(children);
            long leaving = links.leaving(children);
            if (referring > leaving) {
                add(
                        Conflict.Kind.STILL_REFERENCED,
                        draft,
                        (referring - leaving) + " rows of " + foreign.child() + " that stay refer to it ("
                                + foreign.name() + (foreign.sweeps() ? ", by which they would go with it)" : ")"));
            }
        }
    }

    private static String described(Links.Values values) {
        return String.join(",", values.columns()) + "=" + String.join(",", values.values());
    }

    private long rows(Links.Values values) throws SQLException {
        TableShape shape = shapes.find(values.table());
        if (shape == null) {
            return 0;
        }
        BoundSql sql = new BoundSql(dialect)
                .text("SELECT COUNT(*) FROM " + shape.names().quoted(shape.name()));
        String before = " WHERE ";
        for (int i = 0; i < values.columns().size(); i++) {
            String column = values.columns().get(i);
            sql.text(before)
                    .value(
                            shape.names().quoted(column) + " = ?",
                            shape.type(column),
                            values.values().get(i));
            before = " AND ";
        }
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
