package dev.afterimage.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Image;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.resolve.Observation;
import dev.afterimage.core.resolve.ObservedChange;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Value;
import dev.afterimage.jdbc.driver.UrlDataSource;
import dev.afterimage.jdbc.store.JdbcAuditStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read the trail, as a person or a program calls them. Second n of 1970 is the time of change n. */
@SuppressWarnings("NullAway.Init") // JUnit's life cycle
class ReadingCommandsTest {

    private static final String URL = "jdbc:h2:mem:reading;DB_CLOSE_DELAY=-1";
    private static final String INSTANCE = "000000000000abcd";
    private static final Table TABLE = new Table(
            TableName.of("public", "listing"),
            List.of(
                    new Column("id", new ColumnType(ColumnType.Kind.INTEGER, "int8", 0)),
                    new Column("note", new ColumnType(ColumnType.Kind.TEXT, "text", -1))),
            List.of("id"));
    private static final String NASTY = "\u001b[31m\u202e|=\\\n,\"";

    @TempDir
    private static Path directory;

    private static String configuration;
    private static JdbcAuditStore store;

    private record Ended(int status, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    @BeforeAll
    static void open() throws IOException {
        configuration = Files.write(directory.resolve("audit.properties"), List.of("audit.store.url=" + URL))
                .toString();
        store = new JdbcAuditStore(new UrlDataSource(URL, "", ""), "audit_history");
        store.prepare();
        store.apply(
                List.of(
                        row(1, Operation.INSERT, 7, NASTY),
                        row(2, Operation.UPDATE, 7, null),
                        row(3, Operation.UPDATE, 7, ""),
                        row(4, Operation.UPDATE, 7, "NULL"),
                        row(5, Operation.DELETE, 7, null),
                        new ObservedChange(change(6, Operation.DELETE, null, null), TABLE, null)),
                List.of(new Gap(
                        new EventId(0xABCD, 8), "app", GapReason.DROPPED, "full", 3, 8_000_000, Actor.UNKNOWN)));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static Change change(long second, Operation operation, @Nullable Long id, @Nullable String note) {
        return new Change(
                new EventId(0xABCD, second),
                "app",
                new TransactionInfo(second / 2, (int) second % 2, 0, 1_000_000 * second + 1, Outcome.COMMITTED),
                operation,
                TABLE.name(),
                id == null ? null : new RowKey(List.of(new RowKey.Part("id", Long.toString(id)))),
                null,
                operation == Operation.DELETE
                        ? List.of()
                        : List.of(new Assignment("note", note == null ? Value.NULL : Value.of(note))),
                1,
                id == null ? "DELETE FROM listing WHERE " + NASTY : null,
                new Actor("ann", "north", second == 1 ? "because" : null, null, Map.of()),
                1_000_000 * second,
                0,
                new Fence(Fence.LSN, 10 * second - 5, 10 * second),
                id == null ? GapReason.ROWS_UNKNOWN : null);
    }

    private static ObservedChange row(long second, Operation operation, long id, @Nullable String note) {
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        columns.put("id", Long.toString(id));
        columns.put("note", note);
        Image image = operation == Operation.DELETE ? null : new Image(columns);
        return new ObservedChange(
                change(second, operation, id, note),
                TABLE,
                new Observation(image, "v" + second, 10 * second, 10 * second + 1));
    }

    private static Ended run(String command, String... arguments) {
        StringWriter out = new StringWriter();
        return run(out, configuration, command, arguments);
    }

    private static Ended run(StringWriter out, String file, String command, String... arguments) {
        StringWriter err = new StringWriter();
        String[] all = new String[arguments.length + 3];
        all[0] = command;
        all[1] = "--config";
        all[2] = file;
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        int status = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(all);
        return new Ended(status, out.toString(), err.toString());
    }

    @Test
    void aRowsHistoryIsATableForPeople() {
        Ended ended = run("history", "listing", "7");
        assertThat(ended.status()).isZero();
        assertThat(ended.lines()).hasSize(6);
        assertThat(ended.lines().get(1))
                .startsWith("1970-01-01T00:00:01Z")
                .contains("ann", "INSERT", "public.listing", "id=7", "note: '\\u{1b}[31m\\u{202e}|=\\\\\\n,\"'");
        assertThat(ended.lines().get(2)).contains(" -> NULL");
        assertThat(ended.lines().get(3)).contains("note: NULL -> ''");
        assertThat(ended.lines().get(4)).contains("note: '' -> 'NULL'");
        assertThat(ended.lines().get(5)).contains("DELETE", "note: 'NULL' ->", INSTANCE + ":2");
        assertThat(ended.out().chars()).as("nothing that steers a terminal").allMatch(c -> c == '\n' || c >= ' ');
    }

    @Test
    void jsonTellsNullEmptyAndAbsentApart() throws IOException {
        List<String> lines =
                run("history", "public.listing", "id=7", "--output", "json").lines();
        assertThat(lines).hasSize(5);
        ObjectMapper json = new ObjectMapper();
        JsonNode insert = json.readTree(lines.get(0));
        assertThat(insert.get("before").isNull()).as("there was no row").isTrue();
        assertThat(insert.get("after").get("note").asText()).isEqualTo(NASTY);
        assertThat(json.readTree(lines.get(1)).get("after").get("note").isNull())
                .isTrue();
        assertThat(json.readTree(lines.get(2)).get("after").get("note").asText())
                .isEmpty();
        assertThat(json.readTree(lines.get(2)).get("delta").toString())
                .isEqualTo("{\"note\":{\"old\":null,\"new\":\"\"}}");
        JsonNode unknown = json.readTree(run("changes", "--from", "1970-01-01T00:00:06Z", "--output", "json")
                .out());
        assertThat(unknown.has("before")).as("the rows are not known").isFalse();
        assertThat(unknown.has("key")).isFalse();
    }

    @Test
    void csvIsQuotedAsTheStandardSays() {
        Ended ended = run("history", "listing", "7", "--output", "csv");
        String[] lines = ended.out().split("\r\n", -1);
        assertThat(lines[0]).startsWith("id,time,committed,source,table,operation,key,");
        assertThat(lines[1])
                .startsWith(INSTANCE + ":1,1970-01-01T00:00:01Z,")
                .contains("\"{\"\"id\"\":\"\"7\"\"}\",,ann,north,because,,{},")
                .contains(",null,\"{\"\"id\"\":");
        assertThat(lines).hasSize(7);
    }

    @Test
    void securityToolsReadTheirOwnForms() throws IOException {
        List<String> events =
                run("changes", "--table", "listing", "--output", "ocsf").lines();
        assertThat(events).hasSize(6);
        JsonNode event = new ObjectMapper().readTree(events.get(0));
        assertThat(event.get("class_uid").asInt()).isEqualTo(6005);
        assertThat(event.get("type_uid").asInt()).isEqualTo(600506);
        assertThat(event.get("time").asLong()).isEqualTo(1000);
        assertThat(event.at("/actor/user/name").asText()).isEqualTo("ann");
        assertThat(event.at("/table/name").asText()).isEqualTo("public.listing");
        assertThat(event.at("/unmapped/after/note").asText()).isEqualTo(NASTY);
        List<String> lines = run("changes", "--output", "cef").lines();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0))
                .startsWith("CEF:0|Afterimage|audit-server|1|INSERT|INSERT public.listing|3|rt=1000 externalId=")
                .contains(" suser=ann ", " cs2={\"id\":\"7\"} cs2Label=key ");
        assertThat(lines.get(5)).contains("msg=DELETE FROM listing WHERE \u001b[31m\u202e|\\=\\\\\\n,\"");
    }

    @Test
    void whatAUserOrATransactionDid() {
        assertThat(run("user", "ann", "--since", "1970-01-01T00:00:04Z", "--until", "9d")
                        .lines())
                .hasSize(4);
        assertThat(run("user", "bob").status()).isEqualTo(3);
        assertThat(run("transaction", INSTANCE + ":1").lines()).hasSize(3);
        assertThat(run("transaction", "x").status()).isEqualTo(2);
    }

    @Test
    void theStateOfRowsAsOfATime() {
        Ended then = run("state", "listing", "7", "--as-of", "1970-01-01T00:00:03.5Z");
        assertThat(then.lines().get(1)).contains("id=7", "present", "id='7', note=''");
        Ended gone = run("state", "listing", "--as-of", "1970-01-01T00:00:05.5Z");
        assertThat(gone.status()).as("no row was there").isEqualTo(3);
        assertThat(run("state", "listing", "7", "--output", "json").out())
                .contains("\"state\":\"absent\"", "\"row\":null");
        assertThat(run("state", "listing", "a=1,b=2").status()).isEqualTo(2);
        assertThat(run("state", "nowhere").status()).isEqualTo(3);
        assertThat(run("state", "listing", "7", "--as-of", "yesterday").status())
                .isEqualTo(2);
    }

    @Test
    void whereTheTrailIsNotWhole() {
        Ended gaps = run("gaps");
        assertThat(gaps.err()).isEmpty();
        assertThat(gaps.lines()).hasSize(3);
        assertThat(gaps.lines().get(1)).contains("ROWS_UNKNOWN");
        assertThat(gaps.lines().get(2)).contains("DROPPED", "full");
        assertThat(run("sealed", "--output", "json").out())
                .contains("\"instance\":\"" + INSTANCE + "\"", "\"newest\":8");
    }

    @Test
    void whatIsLeftOutIsTold() {
        Ended ended = run("changes", "--limit", "2");
        assertThat(ended.lines()).hasSize(3);
        assertThat(ended.err()).contains("--limit 2");
        assertThat(run("changes", "--limit", "6").err()).isEmpty();
    }

    @Test
    void followingGoesOnWithWhatIsStored() throws IOException {
        String url = "jdbc:h2:mem:following;DB_CLOSE_DELAY=-1";
        String file = Files.write(directory.resolve("following.properties"), List.of("audit.store.url=" + url))
                .toString();
        StringWriter out = new StringWriter();
        try (JdbcAuditStore other = new JdbcAuditStore(new UrlDataSource(url, "", ""), "audit_history")) {
            other.prepare();
            other.apply(List.of(row(1, Operation.INSERT, 7, "a")), List.of());
            CompletableFuture<Ended> following = CompletableFuture.supplyAsync(
                    () -> run(out, file, "user", "ann", "--follow", "--limit", "2", "--output", "json"));
            Awaitility.await().until(() -> out.toString().lines().count() == 1);
            assertThat(following).isNotDone();
            other.apply(List.of(row(2, Operation.UPDATE, 7, "later")), List.of());
            assertThat(following.join().lines().get(1)).contains("later");
        }
    }
}
