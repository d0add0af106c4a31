package dev.afterimage.jdbc.sql;

/** Reads values: what is one literal or one parameter, and that all else is an expression. */
final class Values {
    /** Parentheses, and CASTs, around one value that are looked through. */
    private static final int MAX_WRAPPING = 4;

    private Values() {}

    /** Reads one value up to a comma, a closing parenthesis or one of {@code stops}. */
    static long item(Analysis analysis, KeywordSet stops) {
        Lexer lexer = analysis.lexer;
        int start = lexer.start;
        if (lexer.is(Keyword.DEFAULT)) {
            lexer.next();
            if (ends(lexer, stops)) {
                return Cell.DEFAULT;
            }
        } else {
            long mark = lexer.mark();
            long cell = operand(lexer);
            if (cell != Cell.NONE && ends(lexer, stops)) {
                return cell;
            }
            lexer.reset(mark);
        }
        Skip.scanItem(analysis, stops);
        return Cell.expression(start, lexer.previousEnd);
    }

    private static boolean ends(Lexer lexer, KeywordSet stops) {
        return switch (lexer.type) {
            case ',', ')', ';', Token.END -> true;
            case Token.WORD -> stops.contains(lexer.keyword) || Skip.startsStatement(lexer, Keyword.NONE);
            default -> false;
        };
    }

    /** Reads one literal or parameter; {@link Cell#NONE} when something else starts here. */
    static long operand(Lexer lexer) {
        return operand(lexer, 0);
    }

    private static long operand(Lexer lexer, int casts) {
        int start = lexer.start;
        int open = 0;
        while (lexer.type == '(') {
            if (++open > MAX_WRAPPING) {
                return Cell.NONE;
            }
            lexer.next();
        }
        long cell = cast(lexer, primary(lexer, casts));
        if (open == 0 || cell == Cell.NONE) {
            return cell;
        }
        for (; open > 0; open--) {
            if (!lexer.accept(')')) {
                return Cell.NONE;
            }
        }
        return cast(lexer, widen(cell, start, lexer.previousEnd));
    }

    private static long widen(long cell, int start, int end) {
        if (Cell.kind(cell) != ValueSource.Kind.LITERAL) {
            return cell;
        }
        return Cell.literal(Cell.literalKind(cell), start, end);
    }

    private static long cast(Lexer lexer, long cell) {
        if (cell == Cell.NONE || lexer.type != Token.CAST) {
            return cell;
        }
        int start = Cell.start(cell);
        while (lexer.accept(Token.CAST)) {
            TypeNames.skip(lexer);
        }
        return Cell.kind(cell) == ValueSource.Kind.LITERAL
                ? Cell.literal(LiteralKind.TYPED, start, lexer.previousEnd)
                : cell;
    }

    private static long primary(Lexer lexer, int casts) {
        int start = lexer.start;
        switch (lexer.type) {
            case Token.PARAMETER -> {
                int ordinal = lexer.ordinal();
                lexer.next();
                return Cell.parameter(ordinal);
            }
            case Token.STRING -> {
                return string(lexer, start);
            }
            case Token.NUMBER -> {
                lexer.next();
                return Cell.literal(LiteralKind.NUMBER, start, lexer.previousEnd);
            }
            case '-', '+' -> {
                return signed(lexer, start);
            }
            case '{' -> {
                return jdbcEscape(lexer, start);
            }
            case Token.WORD -> {
                return word(lexer, start, casts);
            }
            default -> {
                return Cell.NONE;
            }
        }
    }

    private static long string(Lexer lexer, int start) {
        char first = (char) (lexer.sql.charAt(start) | 0x20);
        LiteralKind kind = first == 'x' || first == 'b' ? LiteralKind.TYPED : LiteralKind.STRING;
        do {
            lexer.next();
        } while (lexer.type == Token.STRING);
        return Cell.literal(kind, start, lexer.previousEnd);
    }

    private static long signed(Lexer lexer, int start) {
        while (lexer.type == '-' || lexer.type == '+') {
            lexer.next();
        }
        if (lexer.type != Token.NUMBER) {
            return Cell.NONE;
        }
        lexer.next();
        return Cell.literal(LiteralKind.NUMBER, start, lexer.previousEnd);
    }

    private static long jdbcEscape(Lexer lexer, int start) {
        lexer.next();
        if (!lexer.isWord("d") && !lexer.isWord("t") && !lexer.isWord("ts")) {
            return Cell.NONE;
        }
        lexer.next();
        if (!lexer.accept(Token.STRING) || !lexer.accept('}')) {
            return Cell.NONE;
        }
        return Cell.literal(LiteralKind.TYPED, start, lexer.previousEnd);
    }

    private static long word(Lexer lexer, int start, int casts) {
        switch (lexer.keyword) {
            case NULL -> {
                lexer.next();
                return Cell.literal(LiteralKind.NULL, start, lexer.previousEnd);
            }
            case TRUE, FALSE -> {
                lexer.next();
                return Cell.literal(LiteralKind.BOOLEAN, start, lexer.previousEnd);
            }
            case CAST -> {
                // MySQL's CAST converts values rather than naming a literal's type.
                return lexer.dialect == SqlDialect.MYSQL ? Cell.NONE : castFunction(lexer, start, casts);
            }
            case NOT, CASE, EXISTS, SELECT -> {
                return Cell.NONE;
            }
            default -> {
                return typed(lexer, start);
            }
        }
    }

    /** {@code CAST(x AS type)} of a literal or a parameter. */
    private static long castFunction(Lexer lexer, int start, int casts) {
        lexer.next();
        if (casts == MAX_WRAPPING || !lexer.accept('(')) {
            return Cell.NONE;
        }
        long inner = operand(lexer, casts + 1);
        if (inner == Cell.NONE || !lexer.accept(Keyword.AS)) {
            return Cell.NONE;
        }
        TypeNames.skip(lexer);
        if (!lexer.accept(')')) {
            return Cell.NONE;
        }
        return Cell.kind(inner) == ValueSource.Kind.LITERAL
                ? Cell.literal(LiteralKind.TYPED, start, lexer.previousEnd)
                : inner;
    }

    /** MySQL's {@code _utf8 0xff}; in front of a string the character set is part of the string's token. */
    private static long introduced(Lexer lexer, int start) {
        lexer.next();
        if (lexer.type != Token.NUMBER && lexer.type != Token.STRING) {
            return Cell.NONE;
        }
        lexer.next();
        return Cell.literal(LiteralKind.TYPED, start, lexer.previousEnd);
    }

    /** A type in front of a string: {@code DATE '2026-01-01'}, {@code INTERVAL '1' DAY}. */
    private static long typed(Lexer lexer, int start) {
        boolean interval = lexer.is(Keyword.INTERVAL);
        boolean temporal = interval || lexer.is(Keyword.DATE) || lexer.is(Keyword.TIME) || lexer.is(Keyword.TIMESTAMP);
        if (temporal) {
            TypeNames.skip(lexer);
        } else if (lexer.dialect == SqlDialect.POSTGRESQL) {
            TypeNames.skipName(lexer);
        } else if (lexer.dialect == SqlDialect.MYSQL && lexer.sql.charAt(start) == '_') {
            return introduced(lexer, start);
        } else {
            return Cell.NONE;
        }
        if (lexer.type != Token.STRING) {
            return Cell.NONE;
        }
        lexer.next();
        if (interval) {
            TypeNames.skipIntervalField(lexer);
        }
        return Cell.literal(LiteralKind.TYPED, start, lexer.previousEnd);
    }
}
