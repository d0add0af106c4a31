package dev.afterimage.core.pipeline;

import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.table.Tables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Three tables: {@code item} with a key, {@code line} with a key of two columns, {@code log} without one. */
final class Shapes implements Tables {

    private static final ColumnType INTEGER = new ColumnType(ColumnType.Kind.INTEGER, "int8", -1);
    private static final ColumnType TEXT = new ColumnType(ColumnType.Kind.TEXT, "text", -1);
    private static final List<Table> TABLES = List.of(
            new Table(
                    Captured.name("item"), List.of(new Column("id", INTEGER), new Column("name", TEXT)), List.of("id")),
            new Table(
                    Captured.name("line"),
                    List.of(new Column("pos", INTEGER), new Column("order_id", INTEGER)),
                    List.of("order_id", "pos")),
            new Table(Captured.name("log"), List.of(new Column("line", TEXT)), List.of()));

    /** What every lookup throws, if anything. */
    @Nullable
    RuntimeException failure;

    @Override
    public @Nullable Table find(TableName name) {
        if (failure != null) {
            throw failure;
        }
        return TABLES.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void forget() {}
}
