package dev.afterimage.jdbc.store;

import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.table.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A table of which the trail holds changes.
 *
 * @param source name of the application's data source
 * @param name as the database spells it
 * @param keyColumns the primary key's columns, in key order; empty where only statement-level changes are known
 */
public record AuditedTable(String source, TableName name, List<String> keyColumns) {

    public AuditedTable {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(name, "name");
        keyColumns = List.copyOf(keyColumns);
    }

    /**
     * Reads a key as a person writes it: {@code id=7}, {@code a=1,b=2} in any order, or {@code 7} alone for a key of one
     * column. A comma, an equal sign or a backslash within a value has a backslash before it.
     *
     * @throws IllegalArgumentException if it does not name each key column once
     */
    public RowKey key(String written) {
        List<RowKey.Part> given = Documents.parts(written);
        boolean bare = given.size() == 1 && given.get(0).column().isEmpty();
        if (bare && keyColumns.size() == 1) {
            return new RowKey(
                    List.of(new RowKey.Part(keyColumns.get(0), given.get(0).value())));
        }
        List<RowKey.Part> parts = new ArrayList<>();
        for (String column : keyColumns) {
            given.stream()
                    .filter(part -> part.column().equalsIgnoreCase(column))
                    .forEach(part -> parts.add(new RowKey.Part(column, part.value())));
        }
        if (parts.size() != keyColumns.size() || given.size() != parts.size() || parts.isEmpty()) {
            throw new IllegalArgumentException("Key " + written + " of " + name + " must name " + keyColumns);
        }
        return new RowKey(parts);
    }
}
