package dev.afterimage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Fence;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.value.Digest;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EventJsonTest {

    private static final EventId ID = new EventId(0x00c0ffee5eed0042L, 1187);

    private final EventJsonWriter writer = new EventJsonWriter();
    private final EventJsonReader reader = new EventJsonReader();
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void anyEventIsReadAsItWasWritten() throws Exception {
        long seed = seed();
        RandomEvents events = new RandomEvents(seed);
        for (int i = 0; i < 5_000; i++) {
            AuditEvent event = events.event();
            assertThat(reader.read(written(event)))
                    .as("seed=%d, event %d", seed, i)
                    .isEqualTo(event);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aValueOfEachTypeIsReadAsItWasWritten(ValueType type) throws Exception {
        long seed = seed();
        RandomEvents events = new RandomEvents(seed);
        for (int i = 0; i < 500; i++) {
            Value value = events.value(type);
            Change read = (Change) reader.read(written(changeOf(value)));
            assertThat(read.assigned()).as("seed=%d, value %d", seed, i).containsExactly(new Assignment("c", value));
        }
    }

    private static long seed() {
        long seed = Long.getLong("afterimage.test.seed", new Random().nextLong());
        System.out.println("EventJsonTest: -Dafterimage.test.seed=" + seed);
        return seed;
    }

    @Test
    void anEventThatCannotBeWrittenLeavesNothingInTheNext() {
        byte[] before = written(documentedChange());

        assertThatThrownBy(() -> written(changeOf(new Value(ValueType.BOOLEAN, "no"))))
                .isInstanceOf(ClassCastException.class);

        assertThat(written(documentedChange())).isEqualTo(before);
    }

    @Test
    void aLargeEventLeavesNothingInTheNext() {
        byte[] before = written(documentedChange());

        written(changeOf(Value.of("x".repeat(1 << 20))));

        assertThat(written(documentedChange())).isEqualTo(before);
    }

    private byte[] written(AuditEvent event) {
        return writer.write(event, event.id().toString());
    }

    private static Change changeOf(Value value) {
        return Events.change(1, "1", List.of(new Assignment("c", value)));
    }

    @Test
    void theExamplesOfTheSchemaPageAreWhatTheySay() throws Exception {
        List<String> examples = examples();

        assertThat(examples).hasSize(2);
        assertThat(reader.read(examples.get(0).getBytes(UTF_8))).isEqualTo(documentedChange());
        assertThat(reader.read(examples.get(1).getBytes(UTF_8))).isEqualTo(documentedGap());
        // The page shows what is written, field for field and in the same order.
        assertThat(new String(written(documentedChange()), UTF_8)).isEqualTo(compact(examples.get(0)));
        assertThat(new String(written(documentedGap()), UTF_8)).isEqualTo(compact(examples.get(1)));
    }

    private static List<String> examples() throws IOException {
        String page = Files.readString(Path.of("SCHEMA.md"));
        Matcher blocks = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL).matcher(page);
        return blocks.results().map(block -> block.group(1)).toList();
    }

    private String compact(String example) throws IOException {
        return json.writeValueAsString(json.readTree(example));
    }

    private static Change documentedChange() {
        return new Change(
                ID,
                "brokerage",
                new TransactionInfo(311, 2, 3, 1763797641000250L, Outcome.COMMITTED),
                Operation.UPDATE,
                new TableName("office", "public", "escrow_account"),
                new RowKey(List.of(new RowKey.Part("branch", "north"), new RowKey.Part("id", "7"))),
                new RowKey(List.of(new RowKey.Part("branch", "south"), new RowKey.Part("id", "7"))),
                List.of(
                        new Assignment("branch", Value.of("south")),
                        new Assignment("balance", Value.of(new BigDecimal("12.50"))),
                        new Assignment("closed_on", Value.NULL),
                        new Assignment("version", new Value(ValueType.EXPRESSION, "version + 1")),
                        new Assignment("frozen", new Value(ValueType.BOOLEAN, false)),
                        new Assignment(
                                "seal",
                                new Value(ValueType.BYTES, HexFormat.of().parseHex("deadbeef"))),
                        new Assignment("iban", Value.MASKED),
                        new Assignment(
                                "contract",
                                new Value(
                                        ValueType.DIGEST,
                                        new Digest(
                                                91231,
                                                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                                                "This deed")))),
                1,
                null,
                new Actor("mira", "north-office", "account moved", "req-9", Map.of("desk", "4")),
                1763797640998100L,
                -1200,
                new Fence(Fence.LSN, 23068672, 23071904),
                null);
    }

    private static Gap documentedGap() {
        return new Gap(
                new EventId(0x00c0ffee5eed0042L, 1188),
                "brokerage",
                GapReason.DROPPED,
                "The ring was full for longer than 100 ms",
                17,
                1763797642000000L,
                new Actor("mira", null, null, null, Map.of()));
    }

    @Test
    void unknownFieldsAreIgnored() throws Exception {
        ObjectNode node = (ObjectNode) json.readTree(written(documentedChange()));
        node.put("later", 1).putObject("more").put("x", true);
        ((ObjectNode) node.get("transaction")).put("later", "y");

        assertThat(reader.read(json.writeValueAsBytes(node))).isEqualTo(documentedChange());
    }

    @Test
    void nullCountsAsAbsent() throws Exception {
        ObjectNode node = (ObjectNode) json.readTree(written(documentedChange()));
        node.putNull("gap").putNull("statement");

        assertThat(reader.read(json.writeValueAsBytes(node))).isEqualTo(documentedChange());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "garbage | The value is not JSON",
                "`` | not a JSON object",
                "[] | not a JSON object",
                "{} | Field schema is missing",
                "{'schema':99} | Schema version 99 is newer than 1",
                "{'schema':0} | Schema version 0 does not exist",
                "{'schema':1} | Field kind is missing",
                "{'schema':1,'kind':'party'} | Field kind is neither change nor gap",
                "{'schema':1,'kind':'gap','id':'7'} | Field id is not of the form",
                "{'schema':1,'kind':'gap','id':'00:7','source':7} | Field source is not a text",
                "{'schema':1,'kind':'change','id':'00:7','source':'s','transaction':{}} | Field transaction.number",
                "{'schema':1} {} | The value is not JSON",
            })
    void whatIsNotOursIsRefusedWithAReason(String text, String reason) {
        assertThatThrownBy(() -> reader.read(text.replace('\'', '"').getBytes(UTF_8)))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aReasonNeverShowsAValue() throws Exception {
        ObjectNode node = (ObjectNode) json.readTree(written(changeOf(Value.of(42))));
        ((ObjectNode) node.get("assigned").get(0)).put("value", "s3cret");

        assertThatThrownBy(() -> reader.read(json.writeValueAsBytes(node)))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("assigned[0].value")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void fieldsThatContradictEachOtherAreRefused() throws Exception {
        ObjectNode node = (ObjectNode) json.readTree(written(documentedChange()));
        node.remove("table");

        assertThatThrownBy(() -> reader.read(json.writeValueAsBytes(node)))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("contradict");
    }

    @Test
    void aLoneSurrogateInAnAttributeNameDoesNotMakeTheEventUnreadable() throws Exception {
        Actor odd = new Actor(null, null, null, null, Map.of("a\uD800b", "\uDC00"));
        Gap gap = new Gap(ID, "s", GapReason.UNWRAPPED, "d", 0, 0, odd);

        assertThat(((Gap) reader.read(written(gap))).actor().attributes()).isEqualTo(Map.of("a?b", "\uDC00"));
    }

    @Test
    void longNumbersAreTextsForJavaScript() throws Exception {
        JsonNode written = json.readTree(written(changeOf(Value.of(Long.MAX_VALUE))));

        assertThat(written.at("/assigned/0/value").textValue()).isEqualTo("9223372036854775807");
        assertThat(written.get("changedAt").isTextual()).isTrue();
    }
}
