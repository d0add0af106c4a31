package dev.afterimage.jdbc.sql;

/** Sends a data-modifying statement to its recogniser. */
final class Dml {
    private Dml() {}

    /** Reads the statement whose first keyword is the current token, up to where it must end. */
    static StatementKind recognize(Analysis analysis) {
        return switch (analysis.lexer.keyword) {
            case INSERT -> {
                InsertRecognizer.recognize(analysis, WriteOperation.INSERT);
                yield StatementKind.INSERT;
            }
            case REPLACE -> {
                InsertRecognizer.recognize(analysis, WriteOperation.REPLACE);
                yield StatementKind.REPLACE;
            }
            case UPDATE -> {
                yield UpdateRecognizer.recognize(analysis);
            }
            case DELETE -> {
                DeleteRecognizer.recognize(analysis);
                yield StatementKind.DELETE;
            }
            case MERGE -> {
                MergeRecognizer.recognize(analysis);
                yield StatementKind.MERGE;
            }
            default -> StatementKind.UNKNOWN;
        };
    }
}
