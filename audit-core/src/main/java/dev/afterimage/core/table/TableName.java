package dev.afterimage.core.table;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table's name as the database spells it, each part exact.
 *
 * @param catalog the catalog or, on MariaDB, the database; null where the statement did not say and it was not looked up
 * @param schema the schema; null where the statement did not say and it was not looked up
 * @param name the table
 */
public record TableName(@Nullable String catalog, @Nullable String schema, String name) {

    public TableName {
        Objects.requireNonNull(name, "name");
    }

    /** A table of the given schema. */
    public static TableName of(String schema, String name) {
        return new TableName(null, schema, name);
    }

    /** The known parts joined by dots, for people and for matching rules. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (catalog != null) {
            text.append(catalog).append('.');
        }
        if (schema != null) {
            text.append(schema).append('.');
        }
        return text.append(name).toString();
    }
}
