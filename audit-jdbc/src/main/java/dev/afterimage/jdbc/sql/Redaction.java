package dev.afterimage.jdbc.sql;

/** Takes out of a text what may be somebody's data: literals become question marks, comments a blank. */
public final class Redaction {

    /** A text longer than this is cut: what the statement is, shows before. */
    private static final int LONGEST = 4000;

    private Redaction() {}

    /**
     * The text without its literals and comments.
     *
     * @param sql any text
     * @param dialect whose lexical rules apply
     * @return at most some thousand characters, ending in an ellipsis where more was there
     */
    public static String withoutLiterals(String sql, SqlDialect dialect) {
        StringBuilder text = new StringBuilder(Math.min(sql.length(), LONGEST));
        Lexer lexer = new Lexer(sql, dialect);
        int shown = lexer.start;
        while (lexer.type != Token.END) {
            if (lexer.start > shown) {
                text.append(' ');
            }
            if (text.length() > LONGEST) {
                return text.append('…').toString();
            }
            if (lexer.type == Token.STRING || lexer.type == Token.NUMBER) {
                text.append('?');
            } else {
                text.append(sql, lexer.start, lexer.end);
            }
            shown = lexer.end;
            lexer.next();
        }
        return text.toString();
    }
}
