package dev.afterimage.core.pipeline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.codec.ReturnedColumn;
import dev.afterimage.core.codec.ReturnedColumn.Role;
import dev.afterimage.core.codec.TransactionRecord.ReturnedEntry;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.ColumnType.Kind;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReturnedRowTest {

    private static Table table(ColumnType... types) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("id", new ColumnType(Kind.INTEGER, "int8", 0)));
        for (ColumnType type : types) {
            columns.add(new Column("c" + columns.size(), type));
        }
        return new Table(TableName.of("public", "t"), columns, List.of("id"));
    }

    private static ReturnedColumn before(String name) {
        return new ReturnedColumn(Role.BEFORE, name);
    }

    private static ReturnedColumn after(String name) {
        return new ReturnedColumn(Role.AFTER, name);
    }

    private static ReturnedRow row(Table table, List<ReturnedColumn> columns, Value... row) {
        ReturnedEntry entry = new ReturnedEntry(0, columns, List.of(List.of(row)));
        return requireNonNull(ReturnedRow.of(entry, Operation.UPDATE, table)).get(0);
    }

    private static ReturnedRow cell(ColumnType type, Value value) {
        return row(table(type), List.of(after("id"), after("c1")), Value.of(1), value);
    }

    @Test
    void aRowBeforeAndAfter() {
        Table table = table(new ColumnType(Kind.DECIMAL, "numeric", 2), new ColumnType(Kind.BYTES, "bytea", -1));
        ReturnedRow row = row(
                table,
                List.of(before("c1"), before("id"), before("c2"), after("c1"), after("id"), after("c2")),
                Value.of(new BigDecimal("1.5")),
                Value.of(new BigDecimal(7)),
                Value.NULL,
                Value.NULL,
                Value.of(8),
                Value.of("\\x0aff"));
        assertThat(row.key().canonical()).isEqualTo("id=7");
        assertThat(row.newKey().canonical()).isEqualTo("id=8");
        assertThat(row.showsOldRow()).isTrue();
        assertThat(requireNonNull(row.before()).columns())
                .containsEntry("id", "7")
                .containsEntry("c1", "1.50")
                .containsEntry("c2", null);
        assertThat(requireNonNull(row.after()).columns())
                .containsEntry("c1", null)
                .containsEntry("c2", "0aff");
    }

    @Test
    void aColumnThatWasHiddenIsNotKnown() {
        Table table = table(new ColumnType(Kind.TEXT, "text", -1));
        assertThat(row(table, List.of(after("id")), Value.of(1)).after()).isEqualTo(new Image(Map.of("id", "1")));
    }

    @Test
    void aTypeOfItsOwnIsItsText() {
        assertThat(cell(new ColumnType(Kind.OTHER, "mood", -1), Value.of("glad"))
                        .after())
                .isEqualTo(new Image(Map.of("id", "1", "c1", "glad")));
    }

    @Test
    void whatCannotBeToldIsNoImage() {
        assertThat(cell(new ColumnType(Kind.OTHER, "jsonb", -1), Value.of("x")).after())
                .as("a text within JSON may stand for itself or for a JSON document")
                .isNull();
        assertThat(cell(new ColumnType(Kind.DATE, "date", -1), Value.of("infinity"))
                        .after())
                .as("no date that we know")
                .isNull();
    }

    @Test
    void aColumnThatTheTableHasOnlySinceItsShapeWasLookedUp() {
        assertThat(row(table(), List.of(after("id"), after("more")), Value.of(1), Value.of(2))
                        .after())
                .isNull();
    }
}
