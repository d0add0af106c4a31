package dev.afterimage.jdbc.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One top-level AND conjunct of a WHERE clause that fixes columns by {@code =} or IN to literals or parameters. A
 * comparison of row values by {@code =} makes one conjunct per column; one by IN makes one conjunct of several columns.
 * Immutable.
 */
public final class KeyConjunct {

    /** Whose columns they are. */
    public enum Owner {
        /** The written table's: qualified by it, or the statement names no other table. */
        TARGET,
        /** Unqualified, and the statement names other tables that may have such a column. */
        UNCERTAIN,
        /** Another table's: no key of the written one. */
        OTHER
    }

    private final List<String> columns;
    private final @Nullable String qualifierSchema;
    private final @Nullable String qualifier;
    private final Owner owner;
    private final boolean list;
    private final String sql;
    private final SqlDialect dialect;
    private final long[] cells;

    KeyConjunct(
            List<String> columns,
            @Nullable String qualifierSchema,
            @Nullable String qualifier,
            Owner owner,
            boolean list,
            Lexer lexer,
            long... cells) {
        this(columns, qualifierSchema, qualifier, owner, list, lexer.sql, lexer.dialect, cells);
    }

    private KeyConjunct(
            List<String> columns,
            @Nullable String qualifierSchema,
            @Nullable String qualifier,
            Owner owner,
            boolean list,
            String sql,
            SqlDialect dialect,
            long[] cells) {
        this.columns = columns;
        this.qualifierSchema = qualifierSchema;
        this.qualifier = qualifier;
        this.owner = owner;
        this.list = list;
        this.sql = sql;
        this.dialect = dialect;
        this.cells = cells;
    }

    /** The columns, folded; one unless row values are compared by IN. */
    public List<String> columns() {
        return columns;
    }

    /** The table or alias in front of the columns, folded; null when they stand alone. */
    public @Nullable String qualifier() {
        return qualifier;
    }

    /** Whose columns they are. */
    public Owner owner() {
        return owner;
    }

    /** Whether it is an IN; such a list may have one key only. */
    public boolean isList() {
        return list;
    }

    /** How many keys are listed: 1 for {@code =}, at least 1 for IN. */
    public int size() {
        return cells.length / columns.size();
    }

    /**
     * The source of one value.
     *
     * @param index of the listed key, from 0
     * @param column index into {@link #columns()}
     */
    public ValueSource source(int index, int column) {
        return Cell.unpack(cells[index * columns.size() + column], sql, dialect);
    }

    /** The ordinal of the parameter that gives one value, 0 when it is a literal. Allocates nothing. */
    public int parameter(int index, int column) {
        return Cell.parameterOrdinal(cells[index * columns.size() + column]);
    }

    /** The same conjunct seen from one of several written tables. */
    KeyConjunct ownedBy(Target target, boolean otherTables) {
        Owner resolved = target.owns(qualifierSchema, qualifier, otherTables, dialect);
        return resolved == owner
                ? this
                : new KeyConjunct(columns, qualifierSchema, qualifier, resolved, list, sql, dialect, cells);
    }

    @Override
    public String toString() {
        return (qualifier == null ? "" : qualifier + '.') + columns + "×" + size() + ' ' + owner;
    }
}
