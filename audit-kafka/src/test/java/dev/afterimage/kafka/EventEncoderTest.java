package dev.afterimage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.event.EventId;
import dev.afterimage.core.event.Gap;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.event.Outcome;
import dev.afterimage.core.event.RowKey;
import dev.afterimage.core.event.TransactionInfo;
import dev.afterimage.core.table.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventEncoderTest {

    private final EventEncoder encoder = new EventEncoder("changes");
    private final EventDecoder decoder = new EventDecoder();

    @Test
    void changesOfOneRowShareAKey() {
        assertThat(keyOf(Events.change(1, "7"))).isEqualTo("test/public.listing/id=7");
        assertThat(keyOf(Events.change(2, "7"))).isEqualTo(keyOf(Events.change(1, "7")));
    }

    @Test
    void aChangeOfTheKeyLiesUnderTheOldKey() {
        assertThat(keyOf(change(Events.TABLE, key("7"), key("8")))).isEqualTo("test/public.listing/id=7");
    }

    @Test
    void whatIsNotOfOneRowLiesUnderItsTableOrItsSource() {
        assertThat(keyOf(change(Events.TABLE, null, null))).isEqualTo("test/public.listing");
        assertThat(keyOf(change(null, null, null))).isEqualTo("test");
        assertThat(keyOf(gap())).isEqualTo("test");
    }

    @Test
    void headersSayWhatItIs() {
        assertThat(headersOf(Events.change(0xab, "7")))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "afterimage-schema", "1",
                        "afterimage-kind", "change",
                        "afterimage-id", "123456789abcdef0:171",
                        "afterimage-table", "public.listing",
                        "afterimage-op", "UPDATE"));
        assertThat(headersOf(gap())).containsEntry("afterimage-kind", "gap").doesNotContainKey("afterimage-table");
    }

    @Test
    void aRecordIsDecodedAsItWasEncoded() throws Exception {
        assertThat(decoder.decode(received(encoder.encode(gap())))).isEqualTo(gap());
    }

    @Test
    void theHeaderAloneRefusesANewerVersion() {
        ProducerRecord<byte[], byte[]> record = encoder.encode(gap());
        record.headers().add("afterimage-schema", "2".getBytes(UTF_8));

        assertThatThrownBy(() -> decoder.decode(received(record)))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void aRecordWithoutValueIsRefused() {
        ConsumerRecord<byte[], byte[]> tombstone = new ConsumerRecord<>("changes", 0, 0, new byte[0], null);

        assertThatThrownBy(() -> decoder.decode(tombstone)).hasMessageContaining("no value");
    }

    private static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("changes", 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }

    private String keyOf(AuditEvent event) {
        return new String(encoder.encode(event).key(), UTF_8);
    }

    private Map<String, String> headersOf(AuditEvent event) {
        Map<String, String> headers = new LinkedHashMap<>();
        encoder.encode(event).headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }

    private static RowKey key(String id) {
        return new RowKey(List.of(new RowKey.Part("id", id)));
    }

    private static Gap gap() {
        return new Gap(new EventId(1, 1), "test", GapReason.UNWRAPPED, "Raw connection", -1, 1, Actor.UNKNOWN);
    }

    private static Change change(@Nullable TableName table, @Nullable RowKey key, @Nullable RowKey newKey) {
        return new Change(
                new EventId(1, 1),
                "test",
                new TransactionInfo(1, 0, 1, 1, Outcome.COMMITTED),
                Operation.UPDATE,
                table,
                key,
                newKey,
                List.of(),
                1,
                null,
                Actor.UNKNOWN,
                1,
                0,
                null,
                null);
    }
}
