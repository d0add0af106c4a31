package dev.afterimage.jdbc.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the written tables of statements that name them apart from where they are defined. */
final class Targets {
    private Targets() {}

    /** The table that {@code named} stands for among {@code tables}; {@code named} itself when none matches. */
    static Target resolve(Target named, List<Target> tables, SqlDialect dialect) {
        TableName name = named.name();
        if (name == null) {
            return named;
        }
        for (Target table : tables) {
            if (table.isNamed(name.schema(), name.table(), dialect)) {
                boolean lessExact = table.alias() == null && name.schema() != null;
                return lessExact ? named : table;
            }
        }
        for (Target table : tables) {
            if (new Target(table.name(), null).isNamed(name.schema(), name.table(), dialect)) {
                return new Target(name, table.alias());
            }
        }
        return named;
    }

    /** The index of the table that a dotted qualifier names; -1 when none or when it is null. */
    private static int indexOf(@Nullable String qualifier, List<Target> tables, SqlDialect dialect) {
        if (qualifier == null) {
            return -1;
        }
        int dot = qualifier.indexOf('.');
        String schema = dot < 0 ? null : qualifier.substring(0, dot);
        String table = qualifier.substring(dot + 1);
        for (int i = 0; i < tables.size(); i++) {
            if (tables.get(i).isNamed(schema, table, dialect)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Adds the writes of a multi-table UPDATE, one per table that has an assigned column. An unqualified column may
     * belong to any of the tables: it goes to the only base table, else to one that has a qualified column, else to the
     * first, and the write names the others as alternatives.
     */
    static void addUpdates(
            Analysis analysis,
            WriteBuilder all,
            List<Target> tables,
            List<@Nullable String> qualifiers,
            KeyPredicate key) {
        List<TableName> bases = baseTables(tables);
        int[] owners = new int[all.columns.size()];
        int fallback = -1;
        for (int i = owners.length - 1; i >= 0; i--) {
            owners[i] = indexOf(qualifiers.get(i), tables, analysis.lexer.dialect);
            fallback = owners[i] >= 0 && tables.get(owners[i]).name() != null ? owners[i] : fallback;
        }
        fallback = fallback < 0 || bases.size() == 1 ? firstBase(tables) : fallback;
        for (int table = -1; table < tables.size(); table++) {
            WriteBuilder write = analysis.write(WriteOperation.UPDATE);
            write.target = table < 0 ? Target.UNKNOWN : tables.get(table);
            for (int i = 0; i < owners.length; i++) {
                boolean certain = owners[i] >= 0;
                if ((certain ? owners[i] : fallback) == table) {
                    write.columns.add(all.columns.get(i));
                    write.cells.add(all.cells.get(i));
                    write.alternatives =
                            certain || bases.size() < 2 ? write.alternatives : others(bases, write.target.name());
                }
            }
            if (write.columns.size() > 0) {
                write.rowSource = RowSource.SET;
                write.rowCount = 1;
                write.otherTables = tables.size() > 1;
                write.key = key.ownedBy(write.target, write.otherTables);
                analysis.add(write);
            }
        }
    }

    private static List<TableName> baseTables(List<Target> tables) {
        List<TableName> names = new ArrayList<>(tables.size());
        for (Target table : tables) {
            if (table.name() != null) {
                names.add(table.name());
            }
        }
        return names;
    }

    private static int firstBase(List<Target> tables) {
        for (int i = 0; i < tables.size(); i++) {
            if (tables.get(i).name() != null) {
                return i;
            }
        }
        return -1;
    }

    private static List<TableName> others(List<TableName> bases, @Nullable TableName table) {
        List<TableName> others = new ArrayList<>(bases);
        others.remove(table);
        return List.copyOf(others);
    }

    /** Adds the writes of a multi-table DELETE: each named table, resolved among the tables it is joined from. */
    static void addDeletes(Analysis analysis, List<Target> named, List<Target> tables, KeyPredicate key) {
        List<Target> resolved = new ArrayList<>(named.size());
        for (Target target : named) {
            Target table = resolve(target, tables, analysis.lexer.dialect);
            if (resolved.contains(table)) {
                continue;
            }
            resolved.add(table);
            WriteBuilder write = analysis.write(WriteOperation.DELETE);
            write.target = table;
            write.otherTables = tables.size() > 1;
            write.key = key.ownedBy(write.target, write.otherTables);
            analysis.add(write);
        }
    }
}
