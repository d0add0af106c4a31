package dev.afterimage.jdbc.sql;

import org.jspecify.annotations.Nullable;

/**
 * A column as a condition names it, all parts folded.
 *
 * @param schema the schema in front of the table, null when there is none
 * @param qualifier the table or alias in front of the column, null when there is none
 * @param column the column
 */
record ColumnName(@Nullable String schema, @Nullable String qualifier, String column) {

    /** Reads a possibly qualified column; null when what stands here is something else. */
    static @Nullable ColumnName read(Lexer lexer) {
        if (!lexer.isName()) {
            return null;
        }
        String schema = null;
        String qualifier = null;
        String column = Names.current(lexer);
        lexer.next();
        while (lexer.type == '.') {
            lexer.next();
            if (!lexer.isName()) {
                return null;
            }
            schema = qualifier;
            qualifier = column;
            column = Names.current(lexer);
            lexer.next();
        }
        return lexer.type == '(' ? null : new ColumnName(schema, qualifier, column);
    }
}
