package dev.afterimage.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.resolve.ReplicaUnavailableException;
import dev.afterimage.core.resolve.StoreUnavailableException;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import dev.afterimage.kafka.fixture.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The consumer on a real broker. */
class ChangeConsumerIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);
    private static final int ROWS = 50;

    private static KafkaBroker broker;
    private static Admin admin;

    private final Map<String, String> properties = new HashMap<>();
    private final List<ChangeConsumer> consumers = new ArrayList<>();
    private final RecordingHandler handler = new RecordingHandler();
    private String group;
    private @Nullable Sink sink;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.builder()
                .setting("auto.create.topics.enable", "false")
                .open();
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void closeBroker() {
        admin.close();
        broker.close();
    }

    @BeforeEach
    void configure(TestInfo test) {
        group = test.getTestMethod().orElseThrow().getName() + System.nanoTime();
        properties.put("audit.kafka.bootstrap-servers", broker.bootstrapServers());
        properties.put("audit.kafka.topic", group + ".changes");
        properties.put("audit.kafka.dead-letter-topic", group + ".dead");
        properties.put("audit.kafka.group", group);
    }

    @AfterEach
    void closeAll() {
        consumers.forEach(ChangeConsumer::close);
        if (sink != null) {
            sink.close();
        }
    }

    /** Made when it is needed: from then on it may create the topic itself, at any moment. */
    private Sink sink() {
        if (sink == null) {
            sink = new KafkaSinkProvider().create(AuditConfiguration.of(properties));
        }
        return sink;
    }

    @Test
    void heldEventsDoNotCostTheMembership() throws Exception {
        properties.put("audit.kafka.client.max.poll.interval.ms", Long.toString(POLL_INTERVAL.toMillis()));
        handler.dueUntilSequence = 100;
        ChangeConsumer consumer = consume(handler);
        send(1, 300);
        await().atMost(PATIENCE).until(() -> consumer.counts().received() == 300);
        Set<String> member = members();

        // The time itself is the condition: a poll loop that waited would have been thrown out by now.
        long start = System.nanoTime();
        await().atMost(PATIENCE).until(() -> System.nanoTime() - start > 2 * POLL_INTERVAL.toNanos());

        assertThat(members()).hasSize(1).isEqualTo(member);
        assertThat(handler.sequences()).allMatch(sequence -> sequence <= 100);
        handler.dueUntilSequence = Long.MAX_VALUE;
        awaitHandled(300);
        assertEachOnceAndInOrder(300);
        assertThat(consumer.counts()).isEqualTo(new ConsumerCounts(300, 0, 300, 0, 0));
    }

    @Test
    void anEventIsNotHandledBeforeThoseBeforeItInItsPartition() throws Exception {
        broker.createTopic(group + ".changes", 1);
        handler.dueUntilSequence = 0;
        ChangeConsumer consumer = consume(handler);
        send(10, 1); // Due last, sent first.
        send(1, 5);
        await().atMost(PATIENCE).until(() -> consumer.counts().held() == 6);

        handler.dueUntilSequence = 5;
        send(1, 1); // Another look has been taken once this one is held too.
        await().atMost(PATIENCE).until(() -> consumer.counts().held() == 7);
        assertThat(handler.sequences()).isEmpty();

        handler.dueUntilSequence = 10;
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(handler.sequences()).containsExactly(10L, 1L, 2L, 3L, 4L, 5L, 1L));
    }

    @Test
    void pollingPausesWhereTooMuchIsHeldAndResumes() throws Exception {
        properties.put("audit.server.max-held", "100");
        properties.put("audit.kafka.client.max.poll.records", "10");
        handler.dueUntilSequence = 0;
        ChangeConsumer consumer = consume(handler);
        send(1, 2_000);

        await().atMost(PATIENCE).until(() -> consumer.counts().held() > 90);
        assertThat(consumer.counts().held()).isLessThanOrEqualTo(100);

        handler.dueUntilSequence = Long.MAX_VALUE;
        awaitHandled(2_000);
        assertEachOnceAndInOrder(2_000);
    }

    static Stream<RuntimeException> failures() {
        return Stream.of(
                new StoreUnavailableException("test", new IllegalStateException()),
                new ReplicaUnavailableException("test", new IllegalStateException()),
                new IllegalStateException("a defect"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aHandlerThatFailsForAWhileGetsTheSameEventsAgain(RuntimeException failure) throws Exception {
        handler.failure = failure;
        ChangeConsumer consumer = consume(handler);
        send(1, 200);
        await().atMost(PATIENCE).until(() -> consumer.counts().retries() >= 3);
        assertThat(consumer.counts().handled()).isZero();
        assertThat(committed()).isZero();

        handler.failure = null;

        awaitHandled(200);
        assertEachOnceAndInOrder(200);
        await().atMost(PATIENCE).until(() -> committed() == 200);
    }

    @Test
    void aRestartGoesOnWhereTheLastOneStopped() throws Exception {
        handler.dueUntilSequence = 120;
        ChangeConsumer first = consume(handler);
        send(1, 300);
        await().atMost(PATIENCE).until(() -> first.counts().received() == 300 && handled() >= ROWS);
        first.close();
        long handledByFirst = handled();

        handler.dueUntilSequence = Long.MAX_VALUE;
        ChangeConsumer second = consume(handler);

        awaitHandled(300);
        assertEachOnceAndInOrder(300);
        assertThat(second.counts().received()).isEqualTo(300 - handledByFirst);
    }

    @Test
    void twoConsumersShareThePartitionsAndOneTakesOverFromTheOther() throws Exception {
        RecordingHandler other = new RecordingHandler();
        ChangeConsumer leaving = consume(other);
        send(1, 500);
        consume(handler);
        await().atMost(PATIENCE)
                .until(() -> members().size() == 2 && assignedPartitions().size() == 2);
        send(501, 500);
        await().atMost(PATIENCE)
                .until(() -> handled() > 0 && distinct(other, handler).size() == 1_000);
        assertThat(other.sequences()).anyMatch(sequence -> sequence > 500);
        send(1_001, 500);
        leaving.close();
        send(1_501, 500);
        long last = 2_000;

        await().atMost(PATIENCE).until(() -> distinct(other, handler).size() == last);
        assertThat(distinct(other, handler)).containsAll(upTo(last));
        // An orderly close hands over what was committed: nothing is handled twice, nothing out of order.
        assertThat(other.sequences()).doesNotContainAnyElementsOf(handler.sequences());
        assertAscending(other);
        assertAscending(handler);
    }

    @Test
    void aBrokerThatRestartsCostsNothing() throws Exception {
        ChangeConsumer consumer = consume(handler);
        send(1, 200);
        awaitHandled(200);

        broker.stop();
        broker.start();
        send(201, 200);

        await().atMost(PATIENCE).until(() -> distinct(handler).size() == 400);
        assertThat(distinct(handler)).containsAll(upTo(400));
        assertThat(consumer.counts().deadLettered()).isZero();
    }

    @Test
    void aConsumerStartedWhileTheBrokerIsAwayConsumesLater() throws Exception {
        send(1, 100);
        broker.stop();
        try {
            consume(handler);
        } finally {
            broker.start();
        }

        awaitHandled(100);
        assertEachOnceAndInOrder(100);
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersWithItsReason() throws Exception {
        ChangeConsumer consumer = consume(handler);
        send(1, 100);
        put("k1", "garbage", null);
        put("k2", "{\"schema\":99,\"kind\":\"change\"}", null);
        put("k3", "{\"schema\":1,\"kind\":\"change\"}", "99");
        put("k4", null, null);
        send(101, 100);

        await().atMost(PATIENCE).until(() -> consumer.counts().deadLettered() == 4 && handled() == 200);
        assertEachOnceAndInOrder(200);
        await().atMost(PATIENCE).until(() -> committed() == 204);
        Map<String, ConsumerRecord<byte[], byte[]>> letters = deadLetters();
        assertThat(letters).containsOnlyKeys("k1", "k2", "k3", "k4");
        assertThat(header(letter(letters, "k1"), "afterimage-reason")).contains("not JSON");
        assertThat(header(letter(letters, "k2"), "afterimage-reason")).contains("version 99 is newer");
        assertThat(header(letter(letters, "k3"), "afterimage-reason")).contains("version 99 is newer");
        assertThat(header(letter(letters, "k3"), "afterimage-schema")).isEqualTo("99");
        assertThat(header(letter(letters, "k4"), "afterimage-reason")).contains("no value");
        assertThat(letter(letters, "k1").value()).isEqualTo("garbage".getBytes(UTF_8));
        assertThat(letter(letters, "k4").value()).isNull();
        assertThat(letters.values()).allSatisfy(letter -> {
            assertThat(header(letter, "afterimage-topic")).isEqualTo(group + ".changes");
            assertThat(header(letter, "afterimage-partition")).isEqualTo("2");
            assertThat(header(letter, "afterimage-offset")).matches("\\d+");
        });
    }

    /** What it holds of the old topic is nowhere else; what the new one holds lies before the offset it had come to. */
    @Test
    void aTopicThatIsMadeAnewIsReadFromItsBeginning() throws Exception {
        properties.put("audit.server.max-held", "50");
        properties.put("audit.kafka.client.max.poll.records", "10");
        handler.dueUntilSequence = 0;
        broker.createTopic(group + ".changes", 1);
        ChangeConsumer consumer = consume(handler);
        send(1, 100);
        await().atMost(PATIENCE).until(() -> consumer.counts().held() > 40);

        makeAnew();
        send(1_001, 200); // The consumer asks for nothing while it holds too much.
        handler.dueUntilSequence = Long.MAX_VALUE;

        await().atMost(PATIENCE).until(() -> distinct(handler).containsAll(between(1_001, 1_200)));
        await().atMost(PATIENCE).until(() -> committed() == 200);
        assertThat(distinct(handler)).as("what was held of the old one").containsAll(between(1, 40));
    }

    /** A consumer that runs while the topic is made anew may commit afterwards how far it was in the old one. */
    @Test
    void anOffsetOfAnOlderTopicIsNotGoneOnFrom() throws Exception {
        broker.createTopic(group + ".changes", 1);
        ChangeConsumer first = consume(handler);
        send(1, 100);
        await().atMost(PATIENCE).until(() -> committed() == 100);
        first.close();
        Map<TopicPartition, OffsetAndMetadata> old = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();

        makeAnew();
        send(1_001, 200);
        admin.alterConsumerGroupOffsets(group, old).all().get();
        ChangeConsumer second = consume(handler);

        await().atMost(PATIENCE).until(() -> distinct(handler).containsAll(between(1_001, 1_200)));
        await().atMost(PATIENCE).until(() -> committed() == 200);
        second.close();
        ChangeConsumer third = consume(handler);
        send(1_201, 10);
        await().atMost(PATIENCE).until(() -> distinct(handler).contains(1_210L));
        assertThat(third.counts().received()).as("goes on where the second was").isEqualTo(10);
    }

    @Test
    void aGroupHasHandledWhatTheTopicHeldOnceItHasCommittedBehindIt() throws Exception {
        broker.createTopic(group + ".changes", 3);
        handler.dueUntilSequence = 50;
        ChangeConsumer consumer = consume(handler);
        assertThat(consumer.hasHandled(consumer.logEnd())).isTrue();
        send(1, 40);
        LogEnd early = consumer.logEnd();
        send(41, 60);
        LogEnd late = consumer.logEnd();

        await().atMost(PATIENCE).until(() -> consumer.hasHandled(early));
        assertThat(consumer.hasHandled(late)).isFalse();
        handler.dueUntilSequence = Long.MAX_VALUE;
        await().atMost(PATIENCE).until(() -> consumer.hasHandled(late));

        makeAnew();
        send(101, 100);
        assertThat(consumer.hasHandled(consumer.logEnd()) && !distinct(handler).containsAll(between(101, 200)))
                .as("offsets of the old topic count for nothing")
                .isFalse();
    }

    private void makeAnew() throws Exception {
        sink().close();
        sink = null;
        int partitions = Objects.requireNonNull(admin.describeTopics(List.of(group + ".changes"))
                        .allTopicNames()
                        .get()
                        .get(group + ".changes"))
                .partitions()
                .size();
        broker.deleteTopic(group + ".changes");
        broker.createTopic(group + ".changes", partitions);
    }

    private static List<Long> between(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private ChangeConsumer consume(RecordingHandler with) {
        ChangeConsumer consumer = new ChangeConsumer(AuditConfiguration.of(properties), with);
        consumers.add(consumer);
        consumer.start();
        return consumer;
    }

    private void send(long first, int count) {
        assertThat(sink().send(Events.changes(first, count, ROWS)).toCompletableFuture())
                .succeedsWithin(PATIENCE)
                .isEqualTo(Delivery.COMPLETE);
    }

    /** Puts a record of nobody's into partition 2. */
    private void put(String key, @Nullable String value, @Nullable String version) throws Exception {
        byte[] bytes = value == null ? null : value.getBytes(UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(group + ".changes", 2, key.getBytes(UTF_8), bytes);
        if (version != null) {
            record.headers().add("afterimage-schema", version.getBytes(UTF_8));
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    private Map<String, ConsumerRecord<byte[], byte[]>> deadLetters() {
        Map<String, ConsumerRecord<byte[], byte[]>> letters = new HashMap<>();
        TopicReading.everything(broker.bootstrapServers(), group + ".dead")
                .forEach(record -> letters.put(new String(record.key(), UTF_8), record));
        return letters;
    }

    private static ConsumerRecord<byte[], byte[]> letter(
            Map<String, ConsumerRecord<byte[], byte[]>> letters, String key) {
        return Objects.requireNonNull(letters.get(key), key);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Headers headers = record.headers();
        Header header = headers.lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    private long handled() {
        return handler.sequences().size();
    }

    private void awaitHandled(long count) {
        await().atMost(PATIENCE).until(() -> handled() >= count);
    }

    private void assertEachOnceAndInOrder(long last) {
        assertThat(handler.sequences()).containsExactlyInAnyOrderElementsOf(upTo(last));
        assertAscending(handler);
    }

    private static void assertAscending(RecordingHandler of) {
        assertThat(of.sequencesByRow())
                .allSatisfy((row, sequences) -> assertThat(sequences).as(row).isSorted());
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static Set<Long> distinct(RecordingHandler... handlers) {
        Set<Long> sequences = new HashSet<>();
        for (RecordingHandler each : handlers) {
            sequences.addAll(each.sequences());
        }
        return sequences;
    }

    private Set<String> members() throws Exception {
        Set<String> ids = new HashSet<>();
        description().forEach(member -> ids.add(member.consumerId()));
        return ids;
    }

    /** How many partitions each member has, members without any left out. */
    private List<Integer> assignedPartitions() throws Exception {
        return description().stream()
                .map(member -> member.assignment().topicPartitions().size())
                .filter(size -> size > 0)
                .toList();
    }

    private Collection<MemberDescription> description() throws Exception {
        return Objects.requireNonNull(
                        admin.describeConsumerGroups(List.of(group)).all().get().get(group))
                .members();
    }

    /** The sum of the committed offsets, which is the number of records behind which the group is. */
    private long committed() throws Exception {
        long sum = 0;
        for (OffsetAndMetadata offset : admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .values()) {
            sum += offset.offset();
        }
        return sum;
    }
}
