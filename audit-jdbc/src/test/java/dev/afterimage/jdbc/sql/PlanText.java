package dev.afterimage.jdbc.sql;

import java.util.ArrayList;
import java.util.List;

/** A plan as one line of text, so that a test shows a statement beside what it means. */
final class PlanText {
    private PlanText() {}

    static String of(SqlDialect dialect, String sql) {
        return of(SqlAnalyzer.analyze(sql, dialect));
    }

    static String of(StatementPlan plan) {
        List<String> parts = new ArrayList<>();
        plan.operations().forEach(write -> parts.add(text(write)));
        String writes = parts.isEmpty() ? plan.kind().toString() : String.join("; ", parts);
        return plan.readable() ? writes : "unreadable " + writes;
    }

    private static String text(TableWrite write) {
        StringBuilder text = new StringBuilder(write.operation().toString());
        text.append(' ').append(write.table() == null ? "?" : write.table());
        if (write.alias() != null) {
            text.append(" as ").append(write.alias());
        }
        if (write.context() != WriteContext.TOP) {
            text.append(" in ").append(write.context());
        }
        if (!write.alternatives().isEmpty()) {
            text.append(" or ").append(write.alternatives());
        }
        if (!write.assignedColumns().isEmpty()) {
            text.append(' ').append(write.assignedColumns());
        }
        rows(write, text);
        if (write.key().shape() != KeyPredicate.Shape.NONE) {
            text.append(" where ").append(write.key().shape());
            write.key().conjuncts().forEach(conjunct -> text.append(' ').append(text(conjunct)));
        }
        conflict(write, text);
        return write.hasReturning() ? text.append(" returning").toString() : text.toString();
    }

    private static void rows(TableWrite write, StringBuilder text) {
        if (write.rowSource() != RowSource.NONE && write.rowSource() != RowSource.SET) {
            text.append(' ').append(write.rowSource());
        }
        for (int row = 0; row < write.rowCount(); row++) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < write.rowWidth(); i++) {
                values.add(text(write.source(row, i)));
            }
            text.append(" (").append(String.join(", ", values)).append(')');
        }
    }

    private static void conflict(TableWrite write, StringBuilder text) {
        if (write.conflictAction() == ConflictAction.FAIL) {
            return;
        }
        text.append(" conflict").append(write.conflictColumns().isEmpty() ? "" : write.conflictColumns());
        text.append(' ').append(write.conflictAction());
        for (int i = 0; i < write.conflictAssignedColumns().size(); i++) {
            text.append(' ').append(write.conflictAssignedColumns().get(i)).append('=');
            text.append(text(write.conflictSource(i)));
        }
    }

    static String text(ValueSource source) {
        return switch (source.kind()) {
            case PARAMETER -> "?" + source.parameter();
            case DEFAULT -> "DEFAULT";
            case EXPRESSION -> "<" + source.text() + ">";
            case LITERAL -> source.literalKind() + (source.literal() == null ? "" : ":" + source.literal());
        };
    }

    private static String text(KeyConjunct conjunct) {
        StringBuilder text = new StringBuilder();
        if (conjunct.owner() != KeyConjunct.Owner.TARGET) {
            text.append(conjunct.owner()).append('.');
        }
        text.append(String.join(",", conjunct.columns())).append(conjunct.isList() ? " in " : "=");
        List<String> keys = new ArrayList<>();
        for (int key = 0; key < conjunct.size(); key++) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < conjunct.columns().size(); i++) {
                values.add(text(conjunct.source(key, i)));
            }
            keys.add(String.join(",", values));
        }
        return text.append(String.join("|", keys)).toString();
    }
}
