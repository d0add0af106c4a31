package dev.afterimage.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterimage.jdbc.sql.KeyConjunct;
import dev.afterimage.jdbc.sql.SqlAnalyzer;
import dev.afterimage.jdbc.sql.SqlDialect;
import dev.afterimage.jdbc.sql.StatementKind;
import dev.afterimage.jdbc.sql.StatementPlan;
import dev.afterimage.jdbc.sql.TableWrite;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Shows how statements are understood: one given as an argument, or JSON lines {@code {"id", "sql"}} on standard input,
 * each answered by one line of JSON.
 */
final class StatementAnswers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SqlDialect dialect;
    private final PrintStream out;

    StatementAnswers(SqlDialect dialect, PrintStream out) {
        this.dialect = dialect;
        this.out = out;
    }

    /** A dialect by its name on the command line. */
    static SqlDialect dialect(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "postgresql", "postgres" -> SqlDialect.POSTGRESQL;
            case "mysql", "mariadb" -> SqlDialect.MYSQL;
            case "h2" -> SqlDialect.H2;
            case "oracle" -> SqlDialect.ORACLE;
            case "tsql", "sqlserver" -> SqlDialect.TSQL;
            case "ansi" -> SqlDialect.ANSI;
            default ->
                throw new IllegalArgumentException(
                        "Unknown dialect " + name + ". Allowed: postgresql, mysql, h2, oracle, tsql, ansi");
        };
    }

    /** One statement, laid out for a person. */
    void statement(String sql) throws IOException {
        out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(describe(sql)));
    }

    /** JSON lines until the end; a line that is no such object is answered with its error. */
    void lines(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.isBlank()) {
                out.println(JSON.writeValueAsString(answer(line)));
            }
        }
        out.flush();
    }

    private ObjectNode answer(String line) {
        ObjectNode answer = JSON.createObjectNode();
        try {
            JsonNode request = JSON.readTree(line);
            answer.set("id", request.path("id"));
            JsonNode sql = request.path("sql");
            if (sql.isTextual()) {
                answer.setAll(describe(sql.textValue()));
            } else {
                answer.put("error", "no \"sql\" in this line");
            }
        } catch (JsonProcessingException e) {
            answer.put("error", "not a JSON object: " + e.getOriginalMessage());
        }
        return answer;
    }

    private ObjectNode describe(String sql) {
        StatementPlan plan = SqlAnalyzer.analyze(sql, dialect);
        ObjectNode answer = JSON.createObjectNode();
        answer.put("writes", plan.writes());
        answer.put("canWrite", plan.canWrite());
        answer.put("readable", plan.readable());
        answer.put("kind", kind(plan.kind()));
        ArrayNode operations = answer.putArray("ops");
        plan.operations().forEach(write -> operations.add(operation(write)));
        return answer;
    }

    private static String kind(StatementKind kind) {
        return switch (kind) {
            case COPY_IN -> "COPY_FROM";
            case COPY_OUT -> "COPY_TO";
            case CREATE_TABLE_AS -> "CTAS";
            case LOAD -> "LOAD_DATA";
            case MULTIPLE -> "MULTI";
            case SET, OTHER, DEALLOCATE, EMPTY -> "UTILITY";
            default -> kind.isTransactionControl() ? "TX" : kind.name();
        };
    }

    private static ObjectNode operation(TableWrite write) {
        ObjectNode node = JSON.createObjectNode();
        node.put("op", operationName(write));
        if (write.table() != null) {
            node.put("schema", write.table().schema());
            node.put("table", write.table().table());
        }
        node.put("alias", write.alias());
        ArrayNode assigned = node.putArray("assignedColumns");
        write.assignedColumns().forEach(assigned::add);
        ArrayNode keys = node.putArray("keyColumns");
        keyColumns(write).forEach(keys::add);
        return node;
    }

    private static String operationName(TableWrite write) {
        return switch (write.operation()) {
            case COPY -> "COPY_FROM";
            case LOAD -> "LOAD_DATA";
            case CREATE_TABLE_AS -> "CTAS";
            default -> write.operation().name();
        };
    }

    private static Set<String> keyColumns(TableWrite write) {
        Set<String> columns = new LinkedHashSet<>();
        for (KeyConjunct conjunct : write.key().conjuncts()) {
            if (conjunct.owner() != KeyConjunct.Owner.OTHER) {
                columns.addAll(conjunct.columns());
            }
        }
        return columns;
    }
}
