package dev.afterimage.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The records held of all partitions that are assigned now. Two threads meet here: the polling thread, which alone adds
 * and drops partitions, and the handling thread.
 *
 * <p>The handling thread holds {@link #turn} from choosing a batch until the batch is done or has failed, and lets go of
 * it between attempts. Nobody waits for the lock without a bound; taking it is how a partition that is being revoked waits
 * for the batch under way.
 */
final class HeldRecords {

    private final Map<TopicPartition, PartitionQueue> queues = new ConcurrentHashMap<>();

    /** Fair: a handling thread with much to do would otherwise take it again before the one who waits wakes up. */
    private final ReentrantLock turn = new ReentrantLock(true);

    ReentrantLock turn() {
        return turn;
    }

    void assign(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> queues.put(partition, new PartitionQueue()));
    }

    void add(TopicPartition partition, HeldRecord record) {
        PartitionQueue queue = queues.get(partition);
        if (queue != null) {
            queue.add(record);
        }
    }

    /** The queues now; a list of the caller's own. */
    List<PartitionQueue> queues() {
        return new ArrayList<>(queues.values());
    }

    long size() {
        long size = 0;
        for (PartitionQueue queue : queues.values()) {
            size += queue.size();
        }
        return size;
    }

    /**
     * Drops partitions that are being taken away, once no batch is under way, or after the given time in any case.
     *
     * @return the offsets behind what was handled of them
     */
    Map<TopicPartition, OffsetAndMetadata> release(Collection<TopicPartition> partitions, long patienceMillis) {
        boolean quiet = false;
        try {
            quiet = turn.tryLock(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            // Those asked for before too: that commit may have failed, and there is no later one.
            notCommitted(partitions);
            Map<TopicPartition, OffsetAndMetadata> offsets = offsetsToCommit();
            offsets.keySet().retainAll(partitions);
            drop(partitions);
            return offsets;
        } finally {
            if (quiet) {
                turn.unlock();
            }
        }
    }

    void drop(Collection<TopicPartition> partitions) {
        partitions.forEach(queues::remove);
    }

    /** Offsets behind what was handled, where they have moved. */
    Map<TopicPartition, OffsetAndMetadata> offsetsToCommit() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        queues.forEach((partition, queue) -> {
            Position place = queue.toCommit();
            if (place != null) {
                offsets.put(partition, place.toCommit());
            }
        });
        return offsets;
    }

    /** The partitions assigned now; a set of the caller's own. */
    Set<TopicPartition> partitions() {
        return new HashSet<>(queues.keySet());
    }

    /** The commit of these offsets failed: they are to be committed with the next ones. */
    void notCommitted(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionQueue queue = queues.get(partition);
            if (queue != null) {
                queue.committed(null);
            }
        }
    }

    /** The commit of these offsets was asked for. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            PartitionQueue queue = queues.get(partition);
            if (queue != null) {
                queue.committed(new Position(offset.offset(), Position.topicId(offset)));
            }
        });
    }
}
