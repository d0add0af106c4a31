package dev.afterimage.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.config.Setting;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPropertiesTest {

    private static AuditConfiguration with(String... keysAndValues) {
        Map<String, String> properties = new HashMap<>();
        properties.put("audit.kafka.bootstrap-servers", "localhost:9092");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return AuditConfiguration.of(properties);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acks",
                "enable.idempotence",
                "max.in.flight.requests.per.connection",
                "retries",
                "delivery.timeout.ms",
                "metadata.recovery.strategy",
                "bootstrap.servers",
                "group.id",
                "enable.auto.commit",
                "auto.offset.reset",
                "value.serializer"
            })
    void whatWouldBreakAPromiseIsRefusedByName(String name) {
        assertThatThrownBy(() -> new ClientProperties(with("audit.kafka.client." + name, "1")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("audit.kafka.client." + name);
    }

    @Test
    void whatKafkaDoesNotUnderstandIsRefusedAtStart() {
        assertThatThrownBy(() -> new ClientProperties(with("audit.kafka.client.linger.ms", "soon")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("linger.ms");
    }

    @Test
    void whatIsSetWithoutBeingAskedForIsUnderstoodByKafka() {
        ClientProperties clients = new ClientProperties(with());

        assertThat(new ProducerConfig(clients.producer()).getInt("max.in.flight.requests.per.connection"))
                .isEqualTo(1);
        assertThat(new ConsumerConfig(clients.consumer()).getString("group.id")).isEqualTo("afterimage-server");
        assertThat(new AdminClientConfig(clients.admin()).getInt("request.timeout.ms"))
                .isEqualTo(5_000);
    }

    @Test
    void eachClientGetsWhatItKnows() {
        ClientProperties clients = new ClientProperties(with(
                "audit.kafka.client.linger.ms", "50",
                "audit.kafka.client.max.poll.interval.ms", "9000",
                "audit.kafka.client.security.protocol", "SASL_SSL",
                "audit.kafka.client.my.plugin.setting", "x"));

        assertThat(clients.producer())
                .containsEntry("linger.ms", "50")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("my.plugin.setting", "x")
                .doesNotContainKey("max.poll.interval.ms");
        assertThat(clients.consumer())
                .containsEntry("max.poll.interval.ms", "9000")
                .containsEntry("security.protocol", "SASL_SSL")
                .doesNotContainKey("linger.ms");
        assertThat(clients.admin()).containsEntry("security.protocol", "SASL_SSL");
    }

    @Test
    void aPollNeverReturnsMoreThanMayBeHeld() {
        ClientProperties clients = new ClientProperties(with("audit.server.max-held", "7"));

        assertThat(clients.consumer()).containsEntry("max.poll.records", 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "broker:", "broker:9092,", "broker:port"})
    void serversWithoutPortAreRefused(String servers) {
        assertThatThrownBy(() -> new ClientProperties(with("audit.kafka.bootstrap-servers", servers)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("audit.kafka.bootstrap-servers");
    }

    @Test
    void aNameThatNoTopicCanHaveIsRefused() {
        AuditConfiguration configuration = with("audit.kafka.topic", "my changes");

        assertThatThrownBy(() -> ClientProperties.topic(configuration, Setting.KAFKA_TOPIC))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("audit.kafka.topic=my changes");
    }
}
