package dev.afterimage.jdbc.sql;

import org.jspecify.annotations.Nullable;

/**
 * A table's name as the database stores it: unquoted parts folded by the dialect, quoted parts exact.
 *
 * @param catalog the catalog, null when the statement names none
 * @param schema the schema (on MySQL the database), null when the statement names none
 * @param table the table
 * @param quoted whether the table part was quoted
 */
public record TableName(@Nullable String catalog, @Nullable String schema, String table, boolean quoted) {

    @Override
    public String toString() {
        String name = schema == null ? table : schema + '.' + table;
        return catalog == null ? name : catalog + '.' + name;
    }
}
