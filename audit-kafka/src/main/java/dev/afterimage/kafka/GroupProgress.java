package dev.afterimage.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;

/**
 * How far a whole group is with a topic, its members in other processes included. Asked seldom: makes a client for each
 * question. Thread-safe.
 */
final class GroupProgress {

    private final Map<String, Object> adminProperties;
    private final String group;
    private final String topic;

    GroupProgress(Map<String, Object> adminProperties, String group, String topic) {
        this.adminProperties = adminProperties;
        this.group = group;
        this.topic = topic;
    }

    private interface Question<T> {
        T ask(Admin admin) throws InterruptedException;
    }

    private <T> T asking(Question<T> question) throws InterruptedException {
        Admin admin = Admin.create(adminProperties);
        try {
            return question.ask(admin);
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private static <T> T answer(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new KafkaException("The cluster cannot be asked how far the group is", e.getCause());
        }
    }

    LogEnd end() throws InterruptedException {
        return asking(admin -> {
            TopicDescription description =
                    answer(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
            if (description == null) {
                throw new KafkaException("The cluster does not describe topic " + topic);
            }
            Map<TopicPartition, ListOffsetsResultInfo> beginnings = offsets(admin, description, OffsetSpec.earliest());
            Map<TopicPartition, Position> ends = new HashMap<>();
            offsets(admin, description, OffsetSpec.latest()).forEach((partition, end) -> {
                ListOffsetsResultInfo beginning = beginnings.get(partition);
                // Of an empty partition there is nothing to handle, so no offset need ever be committed.
                if (beginning == null || end.offset() > beginning.offset()) {
                    ends.put(
                            partition,
                            new Position(end.offset(), description.topicId().toString()));
                }
            });
            return new LogEnd(ends);
        });
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
            Admin admin, TopicDescription description, OffsetSpec which) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (TopicPartitionInfo partition : description.partitions()) {
            wanted.put(new TopicPartition(description.name(), partition.partition()), which);
        }
        return answer(admin.listOffsets(wanted).all());
    }

    boolean hasHandled(LogEnd end) throws InterruptedException {
        Map<TopicPartition, @Nullable OffsetAndMetadata> committed =
                asking(admin -> answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()));
        return end.positions.entrySet().stream().allMatch(one -> isBehind(one.getValue(), committed.get(one.getKey())));
    }

    private static boolean isBehind(Position end, @Nullable OffsetAndMetadata committed) {
        if (committed == null || committed.offset() < end.offset()) {
            return false;
        }
        String id = Position.topicId(committed);
        return id.equals(Position.UNKNOWN) || id.equals(end.topicId());
    }
}
