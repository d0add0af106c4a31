package dev.afterimage.jdbc.sql;

/** Reads INSERT and REPLACE. */
final class InsertRecognizer {
    private static final KeywordSet NO_STOPS = KeywordSet.of();
    private static final KeywordSet SOURCES = KeywordSet.of(
            Keyword.VALUES,
            Keyword.SELECT,
            Keyword.WITH,
            Keyword.DEFAULT,
            Keyword.EXEC,
            Keyword.EXECUTE,
            Keyword.SET,
            Keyword.TABLE);
    private static final KeywordSet CONFLICT_ACTION = KeywordSet.of(Keyword.DO);
    private static final KeywordSet TAIL = KeywordSet.of(Keyword.ON, Keyword.RETURNING, Keyword.RETURN, Keyword.OPTION);

    private final Analysis analysis;
    private final Lexer lexer;
    private final WriteBuilder own;
    private WriteBuilder write;

    InsertRecognizer(Analysis analysis) {
        this.analysis = analysis;
        this.lexer = analysis.lexer;
        this.own = new WriteBuilder(lexer);
        this.write = own;
    }

    private static InsertRecognizer begin(Analysis analysis, WriteOperation operation) {
        InsertRecognizer insert = analysis.level().insert;
        insert.write = insert.own.begin(operation, analysis);
        return insert;
    }

    /** Reads the rows of a write that takes them like an INSERT, and what follows. */
    static void source(Analysis analysis, WriteBuilder write) {
        InsertRecognizer insert = analysis.level().insert;
        insert.write = write;
        insert.source();
        insert.tail();
    }

    static void recognize(Analysis analysis, WriteOperation operation) {
        Lexer lexer = analysis.lexer;
        lexer.next();
        if (lexer.dialect == SqlDialect.ORACLE && (lexer.is(Keyword.ALL) || lexer.is(Keyword.FIRST))) {
            multiTable(analysis);
            return;
        }
        InsertRecognizer insert = begin(analysis, operation);
        insert.modifiers();
        lexer.accept(Keyword.INTO);
        insert.target();
        insert.columns();
        insert.source();
        insert.tail();
        analysis.add(insert.write);
    }

    /** Oracle's INSERT ALL and INSERT FIRST: several INTO clauses, then one query. */
    private static void multiTable(Analysis analysis) {
        Lexer lexer = analysis.lexer;
        lexer.next();
        KeywordSet parts = KeywordSet.of(Keyword.INTO, Keyword.SELECT);
        Skip.scan(analysis, parts);
        while (lexer.accept(Keyword.INTO)) {
            InsertRecognizer insert = begin(analysis, WriteOperation.INSERT);
            insert.target();
            insert.columns();
            if (lexer.is(Keyword.VALUES)) {
                insert.source();
            }
            analysis.add(insert.write);
            Skip.scan(analysis, parts);
        }
        Skip.scanAll(analysis);
    }

    private void modifiers() {
        if (write.operation == WriteOperation.REPLACE) {
            write.conflictAction = ConflictAction.REPLACE;
        }
        while (true) {
            switch (lexer.keyword) {
                case LOW_PRIORITY, HIGH_PRIORITY, DELAYED -> lexer.next();
                case BULK -> {
                    if (lexer.dialect != SqlDialect.TSQL) {
                        return;
                    }
                    lexer.next();
                }
                case IGNORE -> {
                    write.conflictAction = ConflictAction.NOTHING;
                    lexer.next();
                }
                case OR -> {
                    lexer.next();
                    write.conflictAction = lexer.is(Keyword.REPLACE) ? ConflictAction.REPLACE : ConflictAction.NOTHING;
                    lexer.next();
                }
                case TOP -> {
                    if (lexer.dialect != SqlDialect.TSQL) {
                        return;
                    }
                    Top.skip(lexer);
                }
                default -> {
                    return;
                }
            }
        }
    }

    private void target() {
        if (lexer.type == '(') {
            Skip.parentheses(lexer);
            write.target = new Target(null, TableRefs.alias(lexer));
            return;
        }
        if (lexer.is(Keyword.TABLE) && lexer.peekType() == '(') {
            lexer.next();
            Skip.parentheses(lexer);
            return;
        }
        write.target = new Target(TableRefs.written(analysis), TableRefs.alias(lexer));
    }

    private void columns() {
        if (lexer.type != '(') {
            return;
        }
        long mark = lexer.mark();
        lexer.next();
        if (isQuery()) {
            lexer.reset(mark);
            return;
        }
        while (lexer.type != ')') {
            if (!lexer.isName()) {
                write.columns.clear();
                Skip.scanAll(analysis);
                break;
            }
            column();
            if (!lexer.accept(',') && lexer.type != ')') {
                write.columns.clear();
                Skip.scanAll(analysis);
                break;
            }
        }
        lexer.accept(')');
    }

    /** On PostgreSQL what follows a dot is a field of the column, elsewhere the column of a table. */
    private void column() {
        String column = Names.current(lexer);
        lexer.next();
        if (lexer.dialect != SqlDialect.POSTGRESQL) {
            while (lexer.accept('.')) {
                if (lexer.isName()) {
                    column = Names.current(lexer);
                    lexer.next();
                }
            }
        }
        Names.skipIndirection(lexer);
        write.columns.add(column);
    }

    /** Whether a query stands in the parentheses just opened; VALUES and TABLE are also names of columns. */
    private boolean isQuery() {
        return switch (lexer.keyword) {
            case SELECT, WITH -> true;
            case VALUES, TABLE -> {
                int next = lexer.peekType();
                yield next != ',' && next != ')' && next != '.' && next != '[';
            }
            default -> lexer.type == '(';
        };
    }

    private void source() {
        if (lexer.accept(Keyword.OVERRIDING)) {
            lexer.next();
            lexer.accept(Keyword.VALUE);
        }
        if (lexer.is(Keyword.OUTPUT)) {
            Output.read(analysis, write, SOURCES);
        }
        switch (lexer.keyword) {
            case VALUES, VALUE -> {
                lexer.next();
                rows();
            }
            case DEFAULT -> {
                lexer.next();
                lexer.accept(Keyword.VALUES);
                write.rowSource = RowSource.DEFAULT_VALUES;
            }
            case SET -> {
                lexer.next();
                Assignments.read(analysis, write.target, write.columns, write.cells);
                write.rowSource = RowSource.SET;
                write.rowCount = 1;
            }
            case SELECT, WITH, TABLE -> query();
            default -> {
                if (lexer.type == '(') {
                    query();
                } else if (lexer.is(Keyword.EXEC) || lexer.is(Keyword.EXECUTE)) {
                    lexer.next();
                    write.rowSource = RowSource.SELECT;
                    Skip.scanSimple(analysis);
                }
            }
        }
    }

    private void query() {
        write.rowSource = RowSource.SELECT;
        Skip.scan(analysis, TAIL);
    }

    private void rows() {
        write.rowSource = RowSource.VALUES;
        int width = -1;
        boolean ragged = false;
        do {
            lexer.accept(Keyword.ROW);
            if (!lexer.accept('(')) {
                ragged = true;
                Skip.scanItem(analysis, TAIL);
                continue;
            }
            int before = write.cells.count;
            row();
            write.rowCount++;
            int values = write.cells.count - before;
            ragged |= width >= 0 && values != width;
            width = values;
        } while (lexer.accept(','));
        if (ragged) {
            write.cells.clear();
        }
    }

    private void row() {
        while (lexer.type != ')' && lexer.type != Token.END && lexer.type != ';') {
            write.cells.add(Values.item(analysis, NO_STOPS));
            if (!lexer.accept(',')) {
                break;
            }
        }
        lexer.accept(')');
    }

    private void tail() {
        while (!Skip.startsQuery(lexer)) {
            Skip.scan(analysis, TAIL);
            switch (lexer.keyword) {
                case ON -> conflict();
                case RETURNING, RETURN -> {
                    write.returning = true;
                    lexer.next();
                    Skip.scanAll(analysis);
                    return;
                }
                case OPTION -> lexer.next();
                default -> {
                    return;
                }
            }
        }
    }

    private void conflict() {
        lexer.next();
        if (lexer.accept(Keyword.DUPLICATE)) {
            lexer.accept(Keyword.KEY);
            if (lexer.accept(Keyword.UPDATE)) {
                conflictAssignments();
            }
            return;
        }
        lexer.next();
        if (lexer.type == '(') {
            conflictTarget();
        }
        Skip.scan(analysis, CONFLICT_ACTION);
        lexer.accept(Keyword.DO);
        if (lexer.accept(Keyword.NOTHING)) {
            write.conflictAction = ConflictAction.NOTHING;
        } else if (lexer.accept(Keyword.UPDATE)) {
            lexer.accept(Keyword.SET);
            conflictAssignments();
        }
    }

    private void conflictTarget() {
        NameList names = analysis.level().names;
        names.clear();
        lexer.next();
        do {
            if (lexer.isName()) {
                String name = Names.current(lexer);
                lexer.next();
                if (lexer.type == '(') {
                    names.clear();
                    Skip.scanAll(analysis);
                    break;
                }
                names.add(name);
            }
            Skip.scanItem(analysis, NO_STOPS);
        } while (lexer.accept(','));
        lexer.accept(')');
        write.conflictColumns = names.toList();
    }

    private void conflictAssignments() {
        write.conflictAction = ConflictAction.UPDATE;
        NameList columns = Assignments.columns(analysis, write.target);
        write.conflictAssignedColumns = columns.toList();
        write.conflictCells = analysis.level().cells.toArray();
    }
}
