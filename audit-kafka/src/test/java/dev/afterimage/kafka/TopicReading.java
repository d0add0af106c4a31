package dev.afterimage.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning to its present end, without a group and without the code under test. */
final class TopicReading {

    private TopicReading() {}

    /** How many partitions the topic has. */
    static int partitions(String servers, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = open(servers)) {
            return consumer.partitionsFor(topic).size();
        }
    }

    private static KafkaConsumer<byte[], byte[]> open(String servers) {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** All records, those of one partition in order. */
    static List<ConsumerRecord<byte[], byte[]>> everything(String servers, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = open(servers)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }
}
