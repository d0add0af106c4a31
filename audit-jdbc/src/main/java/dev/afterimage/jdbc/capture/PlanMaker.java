package dev.afterimage.jdbc.capture;

import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.StatementDescriptor;
import dev.afterimage.core.codec.StatementDescriptor.Condition;
import dev.afterimage.core.codec.StatementDescriptor.Source;
import dev.afterimage.core.codec.StatementDescriptor.Target;
import dev.afterimage.core.codec.StatementDescriptor.Write;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import dev.afterimage.jdbc.capture.CapturePlan.ControlStep;
import dev.afterimage.jdbc.capture.CapturePlan.ImplicitCommitStep;
import dev.afterimage.jdbc.capture.CapturePlan.PathStep;
import dev.afterimage.jdbc.capture.CapturePlan.Step;
import dev.afterimage.jdbc.capture.CapturePlan.WriteStep;
import dev.afterimage.jdbc.sql.Analysis;
import dev.afterimage.jdbc.sql.ConflictAction;
import dev.afterimage.jdbc.sql.KeyConjunct;
import dev.afterimage.jdbc.sql.Redaction;
import dev.afterimage.jdbc.sql.SingleStatement;
import dev.afterimage.jdbc.sql.SqlAnalyzer;
import dev.afterimage.jdbc.sql.SqlDialect;
import dev.afterimage.jdbc.sql.StatementKind;
import dev.afterimage.jdbc.sql.StatementPlan;
import dev.afterimage.jdbc.sql.TableWrite;
import dev.afterimage.jdbc.sql.ValueSource;
import dev.afterimage.jdbc.sql.WriteContext;
import dev.afterimage.jdbc.sql.WriteOperation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes capture plans of statement plans: applies the rules, encodes the descriptors. Thread-safe. */
final class PlanMaker {

    /** Descriptors are numbered across all data sources of the process, since all share one background thread. */
    private static final AtomicLong DESCRIPTORS = new AtomicLong();

    /** The database puts values of its own in place of some that the statement gives: which, the text does not tell. */
    private static final Pattern OVERRIDING =
            Pattern.compile("\\bOVERRIDING\\s+USER\\s+VALUE\\b", Pattern.CASE_INSENSITIVE);

    /** COMMIT or ROLLBACK that begins the next transaction at once. */
    private static final Pattern CHAIN = Pattern.compile("\\bAND\\s+CHAIN\\b", Pattern.CASE_INSENSITIVE);

    private final SqlDialect dialect;
    private final AuditRules rules;
    private final Spares<Analysis> analyses = new Spares<>(Analysis::new);

    PlanMaker(SqlDialect dialect, AuditRules rules) {
        this.dialect = dialect;
        this.rules = rules;
    }

    CapturePlan make(String sql) {
        Analysis analysis = analyses.take();
        StatementPlan plan = SqlAnalyzer.analyze(sql, dialect, analysis);
        analyses.give(analysis);
        if (plan.readable() && !plan.canWrite() && isPlain(plan) && !changesPath(sql, plan)) {
            return CapturePlan.INERT;
        }
        return new Making(sql, plan).make();
    }

    private static boolean isPlain(StatementPlan plan) {
        return plan.statements().stream()
                .noneMatch(statement -> statement.commitsImplicitly()
                        || statement.kind().isTransactionControl()
                        || statement.kind() == StatementKind.DDL);
    }

    private boolean changesPath(String sql, StatementPlan plan) {
        return plan.statements().stream()
                .anyMatch(statement ->
                        SearchPath.changeBy(sql.substring(statement.start(), statement.end()), dialect) != null);
    }

    /** The work on one text. */
    private final class Making {
        private final String sql;
        private final StatementPlan plan;
        private final boolean[] captured;
        private final List<Step> steps = new ArrayList<>();
        private boolean returnsRows;
        private boolean returnsKeys;
        private boolean changesShapes;
        private int place;
        private @Nullable WantedRows wanted;

        Making(String sql, StatementPlan plan) {
            this.sql = sql;
            this.plan = plan;
            this.captured = new boolean[plan.parameterCount()];
        }

        CapturePlan make() {
            if (plan.statements().isEmpty() && !plan.readable()) {
                unknown(sql, GapReason.STATEMENT_NOT_UNDERSTOOD);
            }
            for (SingleStatement statement : plan.statements()) {
                statement(statement);
                place++;
            }
            return new CapturePlan(steps, captured, returnsRows, returnsKeys, changesShapes, wanted);
        }

        private void statement(SingleStatement statement) {
            String text = sql.substring(statement.start(), statement.end());
            if (statement.commitsImplicitly()) {
                steps.add(new ImplicitCommitStep());
            }
            if (statement.kind().isTransactionControl()) {
                steps.add(new ControlStep(statement.kind(), statement.name()));
                if (CHAIN.matcher(text).find()) {
                    steps.add(new ControlStep(StatementKind.BEGIN, null));
                }
            } else if (!statement.readable()) {
                unknown(text, GapReason.STATEMENT_NOT_UNDERSTOOD);
            } else {
                SearchPath.Change path = SearchPath.changeBy(text, dialect);
                if (path != null) {
                    steps.add(new PathStep(path));
                }
                switch (statement.kind()) {
                    case DDL -> changesShapes = true;
                    case CALL, DO, EXECUTE -> unknown(text, GapReason.CODE_IN_DATABASE);
                    default -> writes(statement, text);
                }
            }
        }

        private void unknown(String text, GapReason gap) {
            add(new StatementDescriptor(redacted(text), captured.length, List.of(), gap), false, false);
        }

        private String redacted(String text) {
            return Redaction.withoutLiterals(text, dialect);
        }

        private void writes(SingleStatement statement, String text) {
            List<Write> writes = new ArrayList<>();
            boolean needsKeys = false;
            for (TableWrite each : statement.writes()) {
                TableName table = name(each);
                if (table == null || rules.audits(table)) {
                    boolean counted = each.context() == WriteContext.TOP
                            && isCounted(each.operation())
                            && statement.kind() != StatementKind.SELECT
                            && statement.kind() != StatementKind.EXPLAIN;
                    writes.add(write(each, table, counted));
                    needsKeys |= each.operation() == WriteOperation.INSERT;
                    returnsRows |= each.hasReturning() && each.context() == WriteContext.TOP;
                    returnsKeys |= Returning.answersKeys(each, text);
                }
            }
            changesShapes |=
                    statement.kind() == StatementKind.CREATE_TABLE_AS || statement.kind() == StatementKind.SELECT_INTO;
            if (!writes.isEmpty()) {
                boolean certain = statement.writes().stream()
                        .allMatch(each ->
                                each.table() != null && each.alternatives().isEmpty());
                GapReason gap = certain ? null : GapReason.STATEMENT_NOT_UNDERSTOOD;
                boolean counted = writes.stream().allMatch(Write::counted);
                if (certain && counted && statement.writes().size() == 1) {
                    wanted = wanted(statement, statement.writes().get(0), writes.get(0));
                }
                add(new StatementDescriptor(redacted(text), captured.length, writes, gap), needsKeys, counted);
            }
        }

        /** Only of a text that is this statement and nothing else: pgjdbc loses the rows where a comment follows. */
        private @Nullable WantedRows wanted(SingleStatement statement, TableWrite write, Write described) {
            TableName table = described.table();
            String rest = sql.substring(statement.end()).strip();
            boolean alone = plan.statements().size() == 1 && (rest.isEmpty() || rest.equals(";"));
            boolean asked = switch (write.operation()) {
                case INSERT, UPDATE, DELETE -> !write.hasReturning();
                default -> false;
            };
            if (table == null || !alone || !asked) {
                return null;
            }
            CaptureMode mode = rules.mode(table);
            String alias = write.alias();
            return mode.asks()
                    ? new WantedRows(sql, statement.end(), alias == null ? table.name() : alias, described, table, mode)
                    : null;
        }

        private void add(StatementDescriptor descriptor, boolean needsKeys, boolean counted) {
            ByteWriter bytes = new ByteWriter(256);
            descriptor.encode(bytes);
            byte[] encoded = Arrays.copyOf(bytes.array(), bytes.length());
            boolean runsCode = descriptor.gap() == GapReason.CODE_IN_DATABASE;
            boolean inDatabase = descriptor.writes().isEmpty()
                    ? rules.isInDatabase(null)
                    : descriptor.writes().stream().anyMatch(write -> rules.isInDatabase(write.table()));
            long id = DESCRIPTORS.incrementAndGet();
            steps.add(new WriteStep(id, encoded, needsKeys, counted, runsCode, inDatabase, place));
        }

        private @Nullable TableName name(TableWrite write) {
            dev.afterimage.jdbc.sql.TableName table = write.table();
            return table == null ? null : new TableName(table.catalog(), table.schema(), table.table());
        }

        private Write write(TableWrite write, @Nullable TableName table, boolean counted) {
            List<Target> targets = new ArrayList<>();
            boolean overridden = isInsert(write) && OVERRIDING.matcher(sql).find();
            for (int i = 0; i < (overridden ? 0 : write.rowWidth()); i++) {
                String column = i < write.assignedColumns().size()
                        ? write.assignedColumns().get(i)
                        : "";
                if (table == null || column.isEmpty() || !rules.excludes(table, column)) {
                    targets.add(target(write, table, column, i));
                }
            }
            return new Write(
                    operation(write),
                    table,
                    targets,
                    isInsert(write) && !overridden ? write.rowCount() : 0,
                    conditions(write, table),
                    counted,
                    write.conflictAction() == ConflictAction.NOTHING);
        }

        private Target target(TableWrite write, @Nullable TableName table, String column, int index) {
            boolean hidden = table != null && (column.isEmpty() ? !rules.hidesNothing() : rules.masks(table, column));
            List<Source> sources = new ArrayList<>(write.rowCount());
            for (int row = 0; row < write.rowCount(); row++) {
                sources.add(hidden ? new Source.Constant(Value.MASKED) : source(write.source(row, index)));
            }
            return new Target(column, sources);
        }

        private List<Condition> conditions(TableWrite write, @Nullable TableName table) {
            List<Condition> conditions = new ArrayList<>();
            for (String column : write.conflictColumns()) {
                conditions.add(new Condition(column, List.of()));
            }
            for (KeyConjunct conjunct : write.key().conjuncts()) {
                String column = conjunct.columns().get(0);
                boolean usable = conjunct.columns().size() == 1 && conjunct.owner() == KeyConjunct.Owner.TARGET;
                if (usable && (table == null || !(rules.masks(table, column) || rules.excludes(table, column)))) {
                    List<Source> sources = new ArrayList<>(conjunct.size());
                    for (int i = 0; i < conjunct.size(); i++) {
                        sources.add(source(conjunct.source(i, 0)));
                    }
                    conditions.add(new Condition(column, sources));
                }
            }
            return conditions;
        }

        private Source source(ValueSource source) {
            return switch (source.kind()) {
                case PARAMETER -> {
                    captured[source.parameter() - 1] = true;
                    yield new Source.Parameter(source.parameter());
                }
                case LITERAL -> new Source.Constant(literal(source));
                case DEFAULT -> new Source.Constant(Value.DEFAULT);
                case EXPRESSION -> new Source.Constant(new Value(ValueType.EXPRESSION, redacted(source.text())));
            };
        }
    }

    private static Value literal(ValueSource source) {
        String text = source.literal();
        if (text == null) {
            return Value.NULL;
        }
        return switch (source.literalKind()) {
            case NUMBER -> number(text);
            case BOOLEAN -> new Value(ValueType.BOOLEAN, text.equalsIgnoreCase("true"));
            default -> Value.of(text);
        };
    }

    private static Value number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            boolean whole = number.scale() <= 0 && number.precision() - number.scale() <= 18;
            return whole ? Value.of(number.longValueExact()) : Value.of(number);
        } catch (NumberFormatException notDecimal) {
            return new Value(ValueType.EXPRESSION, text);
        }
    }

    /** Whether the update count of a statement is the number of rows that it has written, in every database. */
    private static boolean isCounted(WriteOperation operation) {
        return switch (operation) {
            case TRUNCATE, REFRESH, CREATE_TABLE_AS, SELECT_INTO -> false;
            default -> true;
        };
    }

    private static boolean isInsert(TableWrite write) {
        return switch (write.operation()) {
            case INSERT, REPLACE -> true;
            default -> false;
        };
    }

    private static Operation operation(TableWrite write) {
        return switch (write.operation()) {
            case INSERT -> write.conflictAction() == ConflictAction.UPDATE ? Operation.UPSERT : Operation.INSERT;
            case REPLACE, MERGE -> Operation.UPSERT;
            case UPDATE -> Operation.UPDATE;
            case DELETE -> Operation.DELETE;
            case TRUNCATE -> Operation.TRUNCATE;
            case COPY, LOAD, CREATE_TABLE_AS, SELECT_INTO, REFRESH -> Operation.INSERT;
        };
    }
}
