package dev.afterimage.kafka;

import static java.util.Map.entry;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.config.Setting;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The properties of the Kafka clients: first defaults that an operator may change by {@code audit.kafka.client.*}, then
 * those on which the promises rest, which may not be changed. Checked at construction. Immutable.
 */
final class ClientProperties {

    /** The largest record, in bytes; the topics are created with the same limit. Kafka's 1 MiB is soon met by one wide row. */
    static final int MAX_RECORD_BYTES = 8 << 20;

    private static final Pattern SERVER = Pattern.compile("\\S+:\\d{1,5}");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private static final String OTHER_KEY = "it has a key of its own under audit.kafka.";
    private static final String AT_LEAST_ONCE = "every change must arrive at least once";
    private static final String ORDER = "changes of one row must stay in order";
    private static final String OFFSETS = "offsets may move only behind what was handled";
    private static final String FORM = "the form of records is fixed, see SCHEMA.md";

    private static final Map<String, String> FIXED = Map.ofEntries(
            entry(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, OTHER_KEY),
            entry(CommonClientConfigs.GROUP_ID_CONFIG, OTHER_KEY),
            entry(ProducerConfig.ACKS_CONFIG, AT_LEAST_ONCE),
            entry(ProducerConfig.RETRIES_CONFIG, AT_LEAST_ONCE),
            entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, AT_LEAST_ONCE),
            entry(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, AT_LEAST_ONCE),
            entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, ORDER),
            entry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, ORDER),
            entry(ProducerConfig.PARTITIONER_CLASS_CONFIG, ORDER),
            entry(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, ORDER),
            entry(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "the sink writes without transactions"),
            entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, FORM),
            entry(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, FORM),
            entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, FORM),
            entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, FORM),
            entry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, OFFSETS),
            entry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, OFFSETS),
            entry(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "the consumer depends on the classic protocol"),
            entry(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, "all servers of a group must use the same one"));

    private final Map<String, String> passedThrough;
    private final String servers;
    private final String group;
    private final int maxHeld;

    /** @throws ConfigurationException if a property is missing, fixed, or not understood by Kafka */
    ClientProperties(AuditConfiguration configuration) {
        servers = servers(configuration);
        group = configuration.text(Setting.KAFKA_GROUP);
        maxHeld = configuration.number(Setting.SERVER_MAX_HELD);
        passedThrough = configuration.under(Setting.KAFKA_CLIENT);
        if (!passedThrough.isEmpty()) { // Our own defaults need no check, and Kafka's classes take long to load.
            passedThrough.keySet().forEach(ClientProperties::refuseFixed);
            check(() -> new ProducerConfig(producer()));
            check(() -> new ConsumerConfig(consumer()));
            check(() -> new AdminClientConfig(admin()));
        }
    }

    private static String servers(AuditConfiguration configuration) {
        String servers = configuration.text(Setting.KAFKA_BOOTSTRAP_SERVERS);
        for (String server : servers.split(",", -1)) {
            if (!SERVER.matcher(server.strip()).matches()) {
                throw new ConfigurationException("Property " + Setting.KAFKA_BOOTSTRAP_SERVERS.key() + "=" + servers
                        + " is not allowed. Allowed: host:port, several separated by commas");
            }
        }
        return servers;
    }

    /** The topic that a setting names. */
    static String topic(AuditConfiguration configuration, Setting setting) {
        String topic = configuration.text(setting);
        if (!TOPIC.matcher(topic).matches()) {
            throw new ConfigurationException("Property " + setting.key() + "=" + topic
                    + " is not allowed. Allowed: up to 249 letters, digits, dots, underscores and hyphens");
        }
        return topic;
    }

    private static void refuseFixed(String name) {
        String reason = FIXED.get(name);
        if (reason != null) {
            throw new ConfigurationException(
                    "Property " + Setting.KAFKA_CLIENT.key() + name + " cannot be set: " + reason + ". Remove it");
        }
    }

    private static void check(Runnable parsing) {
        try {
            parsing.run();
        } catch (ConfigException e) {
            throw new ConfigurationException(
                    "A property under " + Setting.KAFKA_CLIENT.key() + " is refused by Kafka: " + e.getMessage());
        }
    }

    /** For the sink and for dead letters. */
    Map<String, Object> producer() {
        Map<String, Object> properties = new HashMap<>();
        // Changes come in batches of up to thousands: 128 KiB hold some hundred of them in one compressed block.
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        // Nobody waits for a single change. Each batch costs a compressor's buffers of more than 128 KiB and a
        // request's
        // share in two processes, so the fewer the better.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        // Field names and tables repeat from record to record; LZ4 takes little time for most of the gain.
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
        // How long the sink's own thread waits for metadata or memory before it looks after itself and tries again.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2_000);
        // Kafka's default of a second is felt after a broker's restart; below 50 ms it would only be noise.
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        pass(properties, ProducerConfig.configNames());
        connect(properties);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Idempotence alone does not keep the order: where the broker knows nothing of a producer (a new partition, or
        // one
        // it has not written to for a day) it takes any sequence number as the first. If the first of several requests
        // under way is turned down for the moment, a later one passes it, and then the first is turned down for good.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        // The broker may be away for days: the pipeline bounds what waits, not the clock.
        properties.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        // A producer that forgets its metadata in an outage ("rebootstrap") refuses records until a broker is back.
        properties.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return properties;
    }

    Map<String, Object> consumer() {
        Map<String, Object> properties = new HashMap<>();
        // A killed server's partitions move after this time. Above the 6 s that brokers demand and above a long pause
        // of
        // the collector; with the newer group protocol it would be the broker's 45 s, which a client cannot shorten.
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        // A member learns of a rebalance by its next heartbeat, and a cooperative one takes two rounds.
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Math.min(500, maxHeld));
        pass(properties, ConsumerConfig.configNames());
        connect(properties);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        // Cooperative: what a server keeps through a rebalance it goes on handling.
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        // A group without offsets begins with the first change there is.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return properties;
    }

    Map<String, Object> admin() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        pass(properties, AdminClientConfig.configNames());
        connect(properties);
        return properties;
    }

    /** A name that another client knows is meant for that one; a name that none knows may be a plug-in's. */
    private void pass(Map<String, Object> properties, Set<String> known) {
        passedThrough.forEach((name, value) -> {
            if (known.contains(name) || !isKnownToAny(name)) {
                properties.put(name, value);
            }
        });
    }

    private static boolean isKnownToAny(String name) {
        return ProducerConfig.configNames().contains(name)
                || ConsumerConfig.configNames().contains(name)
                || AdminClientConfig.configNames().contains(name);
    }

    private void connect(Map<String, Object> properties) {
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
    }
}
