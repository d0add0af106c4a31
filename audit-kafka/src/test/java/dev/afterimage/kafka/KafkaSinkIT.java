package dev.afterimage.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.Change;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.core.sink.SinkProvider;
import dev.afterimage.core.value.Value;
import dev.afterimage.kafka.fixture.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The sink on a real broker that comes and goes. */
class KafkaSinkIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int ROWS = 50;

    private static KafkaBroker broker;

    private final EventDecoder decoder = new EventDecoder();
    private String topic;
    private @Nullable Sink sink;

    @BeforeAll
    static void startBroker() {
        // Whoever creates topics here, it is not the broker.
        broker = KafkaBroker.builder()
                .setting("auto.create.topics.enable", "false")
                .open();
    }

    @AfterAll
    static void closeBroker() {
        broker.close();
    }

    @BeforeEach
    void nameTopic(TestInfo test) {
        topic = "changes." + test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void closeSink() {
        if (sink != null) {
            sink.close();
        }
    }

    @Test
    void changesOfOneRowArriveInOrder() throws Exception {
        openSink();
        List<CompletableFuture<Delivery>> deliveries = new ArrayList<>();
        for (int batch = 0; batch < 20; batch++) {
            deliveries.add(send(1 + 250L * batch, 250));
        }

        assertAllDelivered(deliveries);
        assertEachOnceAndInOrder(5_000);
        assertThat(TopicReading.partitions(broker.bootstrapServers(), topic)).isEqualTo(6);
        assertThat(records()).extracting(ConsumerRecord::partition).contains(0, 1);
    }

    @Test
    void nothingIsLostOrOutOfOrderWhenTheBrokerRestarts() throws Exception {
        openSink();
        List<CompletableFuture<Delivery>> deliveries = new ArrayList<>();
        long next = 1;
        deliveries.add(send(next, 500));
        assertAllDelivered(deliveries);
        next += 500;

        // Some are under way when the broker goes, some come while it is away.
        for (int batch = 0; batch < 4; batch++, next += 500) {
            deliveries.add(send(next, 500));
        }
        broker.stop();
        for (int batch = 0; batch < 4; batch++, next += 500) {
            deliveries.add(send(next, 500));
        }
        assertThat(deliveries.get(deliveries.size() - 1)).isNotDone();
        broker.start();
        deliveries.add(send(next, 500));

        assertAllDelivered(deliveries);
        assertEachOnceAndInOrder(5_000);
    }

    @Test
    void aSinkStartedWhileTheBrokerIsAwayDeliversLater() throws Exception {
        broker.stop();
        List<CompletableFuture<Delivery>> deliveries = new ArrayList<>();
        try {
            openSink();
            deliveries.add(send(1, 300));
            deliveries.add(send(301, 300));
            assertThat(deliveries).noneMatch(CompletableFuture::isDone);
        } finally {
            broker.start();
        }

        assertAllDelivered(deliveries);
        assertEachOnceAndInOrder(600);
    }

    @Test
    void aChangeTooLargeForKafkaIsRefusedForGood() throws Exception {
        openSink();
        String large = "x".repeat(ClientProperties.MAX_RECORD_BYTES + 1);
        List<AuditEvent> batch = List.of(
                Events.change(1, "7"),
                Events.change(2, "7", List.of(new Assignment("deed", Value.of(large)))),
                Events.change(3, "7"));

        CompletableFuture<Delivery> delivery = opened().send(batch).toCompletableFuture();

        assertThat(delivery)
                .succeedsWithin(PATIENCE)
                .satisfies(result -> assertThat(result.refusals())
                        .singleElement()
                        .satisfies(refusal -> {
                            assertThat(refusal.index()).isEqualTo(1);
                            assertThat(refusal.retryable()).isFalse();
                        }));
        assertThat(sequencesByRow()).containsExactly(Map.entry("7", List.of(1L, 3L)));
    }

    @Test
    void aTopicThatExistsIsUsedAsItIs() throws Exception {
        broker.createTopic(topic, 2);
        openSink();

        assertAllDelivered(List.of(send(1, 100)));
        assertEachOnceAndInOrder(100);
        assertThat(records()).extracting(ConsumerRecord::partition).containsOnly(0, 1);
    }

    private void openSink() {
        SinkProvider provider = ServiceLoader.load(SinkProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.name().equals("kafka"))
                .findFirst()
                .orElseThrow();
        sink = provider.create(AuditConfiguration.of(
                Map.of("audit.kafka.bootstrap-servers", broker.bootstrapServers(), "audit.kafka.topic", topic)));
    }

    private Sink opened() {
        return Objects.requireNonNull(sink);
    }

    private CompletableFuture<Delivery> send(long first, int count) {
        return opened().send(Events.changes(first, count, ROWS)).toCompletableFuture();
    }

    private static void assertAllDelivered(List<CompletableFuture<Delivery>> deliveries) {
        assertThat(deliveries)
                .allSatisfy(delivery ->
                        assertThat(delivery).succeedsWithin(PATIENCE).isEqualTo(Delivery.COMPLETE));
    }

    /** The topic holds sequences 1 to count, each once, and those of each row ascending. */
    private void assertEachOnceAndInOrder(int count) throws Exception {
        Map<String, List<Long>> byRow = sequencesByRow();
        for (int row = 0; row < ROWS; row++) {
            int key = row;
            assertThat(byRow.get(Integer.toString(row)))
                    .as("row %d", row)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, count)
                            .filter(sequence -> sequence % ROWS == key)
                            .boxed()
                            .toList());
        }
    }

    private Map<String, List<Long>> sequencesByRow() throws Exception {
        Map<String, List<Long>> byRow = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records()) {
            Change change = (Change) decoder.decode(record);
            byRow.computeIfAbsent(Objects.requireNonNull(change.key()).values().get(0), row -> new ArrayList<>())
                    .add(change.id().sequence());
        }
        return byRow;
    }

    private List<ConsumerRecord<byte[], byte[]>> records() {
        return TopicReading.everything(broker.bootstrapServers(), topic);
    }
}
