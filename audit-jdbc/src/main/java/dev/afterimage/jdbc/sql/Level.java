package dev.afterimage.jdbc.sql;

/** The recognisers of one depth of nesting, with the memory that they keep for the next statement. */
final class Level {
    final InsertRecognizer insert;
    final UpdateRecognizer update;
    final DeleteRecognizer delete;
    final MergeRecognizer merge;
    final WhereRecognizer where;
    final Assignments assignments;
    final TableRefs tables;
    /** Of statements that have no recogniser of their own, and of those that write several tables. */
    final WriteBuilder write;

    /** Columns and values apart from those of a write. */
    final NameList names = new NameList();

    final CellList cells = new CellList();

    Level(Analysis analysis) {
        insert = new InsertRecognizer(analysis);
        update = new UpdateRecognizer(analysis);
        delete = new DeleteRecognizer(analysis);
        merge = new MergeRecognizer(analysis);
        where = new WhereRecognizer(analysis);
        assignments = new Assignments(analysis, names, cells);
        tables = new TableRefs(analysis);
        write = new WriteBuilder(analysis.lexer);
    }
}
