package dev.afterimage.kafka;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The ends of a topic's partitions at one moment, see {@link ChangeConsumer#logEnd}. Immutable. */
public final class LogEnd {

    final Map<TopicPartition, Position> positions;

    LogEnd(Map<TopicPartition, Position> positions) {
        this.positions = Map.copyOf(positions);
    }
}
