package dev.afterimage.jdbc.sql;

import org.jspecify.annotations.Nullable;

/**
 * Reads one SQL text token by token under the lexical rules of one dialect. The current token is in the fields; nothing
 * is allocated. Text that ends inside a comment, a string or a quoted name sets {@link #broken} and ends there.
 *
 * <p>Going back is cheap and rare: {@link #mark()} remembers the current token, {@link #reset} reads it again.
 */
final class Lexer {
    String sql;
    SqlDialect dialect;

    /** Type of the current token, one of {@link Token} or a character code. */
    int type;
    /** Keyword of the current token, {@link Keyword#NONE} unless it is an unquoted keyword not behind a dot. */
    Keyword keyword = Keyword.NONE;
    /** Span of the current token in {@link #sql}. */
    int start;

    int end;
    /** End of the token before the current one. */
    int previousEnd;
    /** Parameters read so far, the current token included. */
    int parameters;
    /** The text ended inside a comment, string or quoted name. */
    boolean broken;

    /** H2's {@code ?} with as many digits as make sense. */
    private static final int LONGEST_INDEX = 6;

    /** The codes of the first eight characters of a word. */
    long head;
    /** The codes of its next eight. */
    long tail;

    private final CharacterCodes codes = new CharacterCodes();
    private final @Nullable RecentNames names;
    private int length;
    private int previousType;
    private int parametersBefore;

    /** At the first token of a text. */
    Lexer(String sql, SqlDialect dialect) {
        this(sql, dialect, null);
        next();
    }

    /** To {@link #read} one text after the other. */
    Lexer(RecentNames names) {
        this("", SqlDialect.ANSI, names);
    }

    private Lexer(String sql, SqlDialect dialect, @Nullable RecentNames names) {
        this.sql = sql;
        this.dialect = dialect;
        this.length = sql.length();
        this.names = names;
        codes.read(sql, dialect);
    }

    /** Lets go of the text. */
    void release(int longestKept) {
        sql = "";
        codes.trim(longestKept);
    }

    /** Begins with the first token of another text. */
    void read(String nextSql, SqlDialect nextDialect) {
        sql = nextSql;
        dialect = nextDialect;
        length = nextSql.length();
        codes.read(nextSql, nextDialect);
        type = Token.END;
        end = 0;
        parameters = 0;
        broken = false;
        next();
    }

    /** The current token as a name: folded when unquoted, its quotes undone when quoted. */
    String name() {
        return names == null ? Names.make(sql.substring(start, end), type, dialect) : names.of(this);
    }

    /** Moves to the next token. */
    void next() {
        previousType = type;
        previousEnd = end;
        parametersBefore = parameters;
        keyword = Keyword.NONE;
        int i = end;
        int code = codes.at(i);
        if (code == CharacterCodes.BLANK) {
            code = codes.at(++i);
        }
        if (code == CharacterCodes.BLANK || code == CharacterCodes.COMMENT) {
            i = skipBlanks(i);
            code = codes.at(i);
        }
        start = i;
        if (code >= CharacterCodes.NAME && code < 0) {
            scanWord();
        } else if (code == CharacterCodes.SINGLE) {
            finish(sql.charAt(i), i + 1);
        } else if (code == CharacterCodes.END) {
            finish(Token.END, length);
        } else {
            scan(code, sql.charAt(i));
        }
    }

    /** The current token's place, for {@link #reset}. */
    long mark() {
        return (long) start << 32 | parametersBefore;
    }

    /** Makes the token at a {@link #mark} the current one again. */
    void reset(long mark) {
        end = (int) (mark >>> 32);
        parameters = (int) mark;
        type = Token.END;
        next();
    }

    boolean is(Keyword wanted) {
        return keyword == wanted;
    }

    /** Whether the current token is a word that {@link #head}, {@link #tail} and its dialect tell from all others. */
    boolean isShortWord() {
        return type == Token.WORD && end - start < 2 * Long.BYTES && codes.isAscii();
    }

    /** Whether the current token can be a name: any word or quoted name. */
    boolean isName() {
        return type == Token.WORD || type == Token.QUOTED;
    }

    /** Moves on if the current token is that keyword. */
    boolean accept(Keyword wanted) {
        if (keyword != wanted) {
            return false;
        }
        next();
        return true;
    }

    /** Moves on if the current token is of that type. */
    boolean accept(int wantedType) {
        if (type != wantedType) {
            return false;
        }
        next();
        return true;
    }

    /** The keyword of the token after the current one; the current token stays. */
    Keyword peekKeyword() {
        long here = mark();
        next();
        Keyword found = keyword;
        reset(here);
        return found;
    }

    /** The type of the token after the current one; the current token stays. */
    int peekType() {
        long here = mark();
        next();
        int found = type;
        reset(here);
        return found;
    }

    /** Whether the current word is {@code word}, in any case. For words too rare to be a {@link Keyword}. */
    boolean isWord(String word) {
        return type == Token.WORD
                && end - start == word.length()
                && sql.regionMatches(true, start, word, 0, word.length());
    }

    private char charAt(int index) {
        return index < length ? sql.charAt(index) : '\0';
    }

    private void scan(int code, char c) {
        if (code >= CharacterCodes.DIGIT && code <= CharacterCodes.LAST_DIGIT) {
            scanNumber();
            return;
        }
        switch (c) {
            case '\'' -> string(Strings.quoted(this, start, dialect.backslashEscapes()));
            case '"' -> scanDoubleQuoted();
            case '`' -> {
                if (dialect.backtickNames()) {
                    finish(Token.QUOTED, Strings.delimited(this, start, '`'));
                } else {
                    finish('`', start + 1);
                }
            }
            case '[' -> {
                if (dialect.bracketNames()) {
                    finish(Token.QUOTED, Strings.delimited(this, start, ']'));
                } else {
                    finish('[', start + 1);
                }
            }
            case '?' -> scanQuestionMark();
            case '.' -> scanDot();
            case '@' -> scanAt();
            case ':' -> scanColon();
            case '$' -> scanDollar();
            default -> scanOperator(c);
        }
    }

    private void finish(int tokenType, int tokenEnd) {
        type = tokenType;
        end = Math.min(tokenEnd, length);
    }

    private void string(int tokenEnd) {
        finish(Token.STRING, tokenEnd);
    }

    private void scanWord() {
        long first = codes.eight(start);
        long second = 0;
        int i = start;
        long outside = ~first & CharacterCodes.IN_NAME;
        if (outside != 0) {
            int bits = Long.numberOfTrailingZeros(outside) & -8;
            first &= (1L << bits) - 1;
            i += bits >>> 3;
        } else {
            i += 8;
            second = codes.eight(i);
            outside = ~second & CharacterCodes.IN_NAME;
            int bits = Long.numberOfTrailingZeros(outside) & -8;
            if (outside != 0) {
                second &= (1L << bits) - 1;
                i += bits >>> 3;
            } else {
                i += 8;
                while (codes.at(i) < 0) {
                    i++;
                }
                second ^= i - start;
            }
        }
        if (codes.at(i) >= CharacterCodes.QUOTE && scanPrefixedString(sql.charAt(start), i)) {
            return;
        }
        type = Token.WORD;
        end = i;
        head = first;
        tail = second;
        if (previousType != '.') {
            keyword = Keyword.of(first, second);
        }
    }

    /** String forms that start like a word: {@code E''}, {@code N''}, {@code X''}, {@code U&''}, {@code q'[]'}, {@code _utf8''}. */
    private boolean scanPrefixedString(char first, int wordEnd) {
        char next = sql.charAt(wordEnd);
        int wordLength = wordEnd - start;
        char lower = (char) (first | 0x20);
        if (next == '\'') {
            if (dialect == SqlDialect.ORACLE && ((lower == 'q' && wordLength == 1) || isNq(lower, wordLength))) {
                string(Strings.alternative(this, wordEnd));
                return true;
            }
            if (wordLength == 1 && (lower == 'e' || lower == 'n' || lower == 'x' || lower == 'b')) {
                boolean escapes = dialect.backslashEscapes() || (lower == 'e' && dialect == SqlDialect.POSTGRESQL);
                string(Strings.quoted(this, wordEnd, escapes));
                return true;
            }
        }
        if (next == '&' && lower == 'u' && wordLength == 1) {
            return scanUnicode(wordEnd + 1);
        }
        return dialect == SqlDialect.MYSQL && first == '_' && scanIntroduced(wordEnd);
    }

    private boolean isNq(char lower, int wordLength) {
        return wordLength == 2 && lower == 'n' && (sql.charAt(start + 1) | 0x20) == 'q';
    }

    private boolean scanUnicode(int quote) {
        char c = charAt(quote);
        if (c == '\'') {
            string(Strings.quoted(this, quote, false));
            return true;
        }
        if (c == '"') {
            finish(Token.QUOTED, Strings.delimited(this, quote, '"'));
            return true;
        }
        return false;
    }

    /** A MySQL string behind a character set introducer; a name that merely starts with an underscore is none. */
    private boolean scanIntroduced(int wordEnd) {
        int i = wordEnd;
        while (i < length && Characters.isBlank(sql.charAt(i))) {
            i++;
        }
        char c = charAt(i);
        if (c == '\'' || (c == '"' && previousType != Token.WORD)) {
            string(Strings.quoted(this, i, true));
            return true;
        }
        return false;
    }

    private void scanNumber() {
        if (previousType == '.' && previousEnd == start) {
            scanWord();
            return;
        }
        int i = Numbers.end(sql, start);
        if (dialect == SqlDialect.MYSQL && i < length && Characters.isNamePart(sql.charAt(i), dialect)) {
            scanWord();
            return;
        }
        finish(Token.NUMBER, i);
    }

    private void scanDot() {
        char next = charAt(start + 1);
        boolean qualifies = previousEnd == start && (previousType == Token.WORD || previousType == Token.QUOTED);
        if (next >= '0' && next <= '9' && !qualifies) {
            finish(Token.NUMBER, Numbers.end(sql, start));
        } else {
            finish('.', start + 1);
        }
    }

    private void scanDoubleQuoted() {
        if (dialect == SqlDialect.MYSQL) {
            string(Strings.quoted(this, start, true));
        } else {
            finish(Token.QUOTED, Strings.delimited(this, start, '"'));
        }
    }

    private void scanQuestionMark() {
        if (dialect == SqlDialect.POSTGRESQL && charAt(start + 1) == '?') {
            finish(Token.OPERATOR, start + 2);
            return;
        }
        int behind = start + 1;
        while (dialect == SqlDialect.H2 && behind < start + LONGEST_INDEX && Characters.isDigit(charAt(behind))) {
            behind++;
        }
        finish(Token.PARAMETER, behind);
        parameters = Math.max(parameters, ordinal());
    }

    /** The ordinal of a current {@link Token#PARAMETER}, from 1; H2's {@code ?2} names its own. */
    int ordinal() {
        return end == start + 1 ? parametersBefore + 1 : Integer.parseInt(sql, start + 1, end, 10);
    }

    private void scanAt() {
        if (dialect == SqlDialect.POSTGRESQL) {
            scanOperator('@');
            return;
        }
        int i = start + 1;
        while (charAt(i) == '@') {
            i++;
        }
        char c = charAt(i);
        if (c == '\'' || c == '"') {
            finish(Token.VARIABLE, Strings.quoted(this, i, dialect.backslashEscapes()));
        } else if (c == '`') {
            finish(Token.VARIABLE, Strings.delimited(this, i, '`'));
        } else {
            finish(Token.VARIABLE, Characters.nameEnd(sql, i, dialect));
        }
    }

    private void scanColon() {
        char c = charAt(start + 1);
        if (c == ':') {
            finish(Token.CAST, start + 2);
        } else if (c == '=') {
            finish(Token.OPERATOR, start + 2);
        } else if (Characters.isNameStart(c) && previousType != Token.NUMBER && dialect != SqlDialect.TSQL) {
            finish(Token.VARIABLE, Characters.nameEnd(sql, start + 1, dialect));
        } else {
            finish(':', start + 1);
        }
    }

    private void scanDollar() {
        if (dialect.dollarQuotes()) {
            int close = Strings.dollarQuoted(this, start);
            if (close > start) {
                string(close);
                return;
            }
        }
        char next = charAt(start + 1);
        if (dialect == SqlDialect.MYSQL) {
            scanWord();
        } else if (dialect == SqlDialect.TSQL && Characters.isDigit(next)) {
            finish(Token.NUMBER, Numbers.end(sql, start + 1));
        } else {
            finish(Token.VARIABLE, Characters.nameEnd(sql, start + 1, dialect));
        }
    }

    private void scanOperator(char c) {
        if (codes.at(start + 1) < CharacterCodes.OPERATOR) {
            finish(c, start + 1);
            return;
        }
        if (dialect == SqlDialect.POSTGRESQL && Characters.isOperator(c)) {
            int operatorEnd = Characters.postgresOperatorEnd(sql, start);
            if (operatorEnd - start > 1) {
                finish(c == '|' && operatorEnd - start == 2 ? Token.DOUBLE_BAR : Token.OPERATOR, operatorEnd);
                return;
            }
        } else {
            char next = charAt(start + 1);
            if (c == '&' && next == '&') {
                finish(Token.AND_SIGN, start + 2);
                return;
            }
            if (c == '|' && next == '|') {
                finish(Token.DOUBLE_BAR, start + 2);
                return;
            }
            if (next == '=' && "<>!^+-*/%&|".indexOf(c) >= 0) {
                finish(Token.OPERATOR, start + (charAt(start + 2) == '>' ? 3 : 2));
                return;
            }
            if (next == '>' && (c == '<' || c == '-' || c == '=')) {
                finish(Token.OPERATOR, start + (charAt(start + 2) == '>' ? 3 : 2));
                return;
            }
        }
        finish(c, start + 1);
    }

    private int skipBlanks(int from) {
        int i = from;
        while (true) {
            int code = codes.at(i);
            if (code == CharacterCodes.BLANK) {
                i++;
                continue;
            }
            if (code != CharacterCodes.COMMENT) {
                return i;
            }
            int behind = Comments.skip(this, sql.charAt(i), i);
            if (behind == i) {
                return i;
            }
            i = behind;
        }
    }
}
