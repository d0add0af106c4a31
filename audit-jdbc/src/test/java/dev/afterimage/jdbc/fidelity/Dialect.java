package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.table.TableName;

/** What the comparison has to know of a database. */
interface Dialect {

    /** Whether a name in the trail means a table: its own name, or that of a view of it. */
    boolean isName(TableName told, TableName table);

    /** Whether an upsert's count can be right for a number of row changes: MariaDB counts a row that it updates twice. */
    boolean countsTwice(Change told, int rows);
}
