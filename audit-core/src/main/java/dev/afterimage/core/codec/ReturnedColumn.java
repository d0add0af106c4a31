package dev.afterimage.core.codec;

import java.util.Objects;

/**
 * A column of the rows that a database has returned for a statement.
 *
 * @param role what its values are
 * @param name of the table's column, as the database spells it
 */
public record ReturnedColumn(Role role, String name) {

    /** What the values of a returned column are. */
    public enum Role {
        /** Part of a row that the application itself asked for: of use for the row's key. */
        KEY,
        /** A column of the row before the change. */
        BEFORE,
        /** A column of the row after the change. */
        AFTER,
        /** The number of the database's transaction. */
        TRANSACTION
    }

    public ReturnedColumn {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(name, "name");
    }
}
