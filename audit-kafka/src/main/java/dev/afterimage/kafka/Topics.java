package dev.afterimage.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates topics that do not exist yet. A cluster where somebody else creates them, and where asking is forbidden, is
 * left alone. Used by one thread.
 */
final class Topics {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);

    private static final int PARTITIONS = 6;
    private static final int MOST_REPLICAS = 3;

    private final Map<String, Object> adminProperties;
    private final List<String> names;

    Topics(Map<String, Object> adminProperties, List<String> names) {
        this.adminProperties = adminProperties;
        this.names = List.copyOf(names);
    }

    /**
     * Makes sure that the topics exist. To be asked again after a failure: somebody may have deleted them, or a broker
     * without its data may have come back in the old one's place.
     *
     * @throws KafkaException if the cluster cannot be asked now; the caller tries again later
     */
    void ensure() throws InterruptedException {
        Admin admin = Admin.create(adminProperties);
        try {
            create(admin, missing(admin));
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /** What notices that a topic is made anew. */
    TopicIds ids(String topic) throws InterruptedException {
        return new TopicIds(topic, Admin.create(adminProperties));
    }

    private List<String> missing(Admin admin) throws InterruptedException {
        List<String> missing = new ArrayList<>();
        for (Map.Entry<String, ? extends KafkaFuture<?>> description :
                admin.describeTopics(names).topicNameValues().entrySet()) {
            ApiException fault = faultOf(description.getValue());
            if (fault instanceof UnknownTopicOrPartitionException) {
                missing.add(description.getKey());
            } else if (fault != null) {
                leaveAlone("Topic " + description.getKey() + " cannot be looked up", fault);
            }
        }
        return missing;
    }

    private static void create(Admin admin, List<String> missing) throws InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        int replicas = Math.min(MOST_REPLICAS, brokers(admin));
        List<NewTopic> topics =
                missing.stream().map(name -> topic(name, replicas)).toList();
        for (Map.Entry<String, KafkaFuture<Void>> creation :
                admin.createTopics(topics).values().entrySet()) {
            ApiException fault = faultOf(creation.getValue());
            if (fault == null) {
                LOG.info("Created topic {}: partitions={} replicas={}", creation.getKey(), PARTITIONS, replicas);
            } else if (!(fault instanceof TopicExistsException)) {
                leaveAlone("Topic " + creation.getKey() + " does not exist and cannot be created", fault);
            }
        }
    }

    private static NewTopic topic(String name, int replicas) {
        return new NewTopic(name, Optional.of(PARTITIONS), Optional.of((short) replicas))
                .configs(Map.of(
                        // Compaction would keep only the last change of each row.
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_DELETE,
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                        Integer.toString(ClientProperties.MAX_RECORD_BYTES),
                        // With three replicas an acknowledged change survives the loss of one, and one may be down.
                        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                        replicas < MOST_REPLICAS ? "1" : "2"));
    }

    private static int brokers(Admin admin) throws InterruptedException {
        try {
            return admin.describeCluster().nodes().get().size();
        } catch (ExecutionException e) {
            throw new KafkaException("The brokers of the cluster cannot be listed", e.getCause());
        }
    }

    private static @Nullable ApiException faultOf(KafkaFuture<?> future) throws InterruptedException {
        try {
            future.get();
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException fault) {
                return fault;
            }
            throw new KafkaException("The cluster cannot be asked for its topics", e.getCause());
        }
    }

    private static void leaveAlone(String what, ApiException fault) {
        // A cluster that is just starting knows no broker to put a replica on.
        if (fault instanceof RetriableException || fault instanceof InvalidReplicationFactorException) {
            throw fault;
        }
        LOG.warn("{}: {}. Going on in the belief that it exists or will", what, fault.toString());
    }
}
