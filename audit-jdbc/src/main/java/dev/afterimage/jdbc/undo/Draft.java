package dev.afterimage.jdbc.undo;

import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A reversal that can be written as a statement.
 *
 * @param reversal what is undone
 * @param shape the table
 * @param now the row as the trail says that it is; empty if there is none
 * @param then the row as it shall be; empty if there shall be none
 * @param set the columns to set, where the row stays
 * @param compared the columns that must still be as the trail says
 */
record Draft(
        Reversal reversal,
        TableShape shape,
        Map<String, @Nullable String> now,
        Map<String, @Nullable String> then,
        Set<String> set,
        List<String> compared) {

    boolean isInsert() {
        return now.isEmpty();
    }

    boolean isDelete() {
        return then.isEmpty();
    }

    /** The name in the trail. */
    TableName table() {
        return reversal.table();
    }

    /** The key under which the row is found; where there is none, under which it is put back. */
    RowKey key() {
        return isInsert() ? reversal.keyThen() : reversal.keyNow();
    }

    /** Values that the row has now and will not have. */
    @Nullable
    List<String> gives(List<String> columns) {
        List<String> has = TableShape.values(columns, now);
        return has == null || has.equals(TableShape.values(columns, then)) ? null : has;
    }

    /** Values that the row does not have and will have. */
    @Nullable
    List<String> takes(List<String> columns) {
        List<String> will = TableShape.values(columns, then);
        return will == null || will.equals(TableShape.values(columns, now)) ? null : will;
    }

    BoundSql sql(Dialect dialect) {
        if (isInsert()) {
            return insert(dialect);
        }
        BoundSql sql = new BoundSql(dialect);
        String table = shape.names().quoted(shape.name());
        if (isDelete()) {
            sql.text("DELETE FROM " + table);
        } else {
            sql.text("UPDATE " + table + " SET ");
            String comma = "";
            for (String column : shape.settable().stream().filter(set::contains).toList()) {
                sql.text(comma + quoted(column) + " = ")
                        .value(dialect.place(shape.type(column)), shape.type(column), then.get(column));
                comma = ", ";
            }
        }
        where(sql, reversal.keyNow());
        for (String column : compared) {
            sql.text(" AND ")
                    .value(dialect.same(quoted(column), shape.type(column)), shape.type(column), now.get(column));
        }
        return sql;
    }

    private BoundSql insert(Dialect dialect) {
        List<String> columns =
                shape.settable().stream().filter(then::containsKey).toList();
        BoundSql sql = new BoundSql(dialect);
        sql.text("INSERT INTO " + shape.names().quoted(shape.name()) + " ("
                + columns.stream().map(this::quoted).collect(Collectors.joining(", ")) + ")"
                + (shape.numbered() ? dialect.overriding() : "") + " VALUES (");
        String comma = "";
        for (String column : columns) {
            sql.text(comma).value(dialect.place(shape.type(column)), shape.type(column), then.get(column));
            comma = ", ";
        }
        return sql.text(")");
    }

    /** Finds the row under a key. */
    void where(BoundSql sql, RowKey key) {
        String before = " WHERE ";
        for (RowKey.Part part : key.columns()) {
            sql.text(before).value(quoted(part.column()) + " = ?", shape.type(part.column()), part.value());
            before = " AND ";
        }
    }

    String quoted(String column) {
        return shape.names().quoted(column);
    }

    UndoStatement statement(Dialect dialect) {
        BoundSql sql = sql(dialect);
        return new UndoStatement(table(), key(), sql.sql(), sql.shown(), reversal.ids());
    }
}
