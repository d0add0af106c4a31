package dev.afterimage.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditConfigurationTest {

    private static final String SECRET = "hunter2";

    @Test
    void withoutAnythingGivenTheDefaultsHold() {
        AuditConfiguration configuration = AuditConfiguration.of(Map.of());

        assertThat(configuration.flag(Setting.ENABLED)).isTrue();
        assertThat(configuration.number(Setting.RING_SIZE)).isEqualTo(16 << 20);
        assertThat(configuration.number(Setting.BATCH_MAX_EVENTS)).isEqualTo(2000);
        assertThat(configuration.duration(Setting.SHUTDOWN_TIMEOUT)).isEqualTo(Duration.ofSeconds(10));
        assertThat(configuration.patterns(Setting.TABLES_INCLUDE)).containsExactly("*");
        assertThat(configuration.patterns(Setting.TABLES_EXCLUDE)).isEmpty();
        assertThat(configuration.text(Setting.OVERFLOW)).isEqualTo("drop");
        assertThat(configuration.isGiven(Setting.OVERFLOW)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "audit.ring.sise, audit.ring.size",
        "audit.batch.inflight, audit.batch.in-flight",
        "audit.table.include, audit.tables.include",
        "audit.kafka.topics, audit.kafka.topic",
        "audit., audit.sink"
    })
    void anUnknownKeyNamesTheNearestOne(String key, String nearest) {
        assertThatThrownBy(() -> AuditConfiguration.of(Map.of(key, SECRET)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Unknown property " + key + ". Did you mean " + nearest + "?");
    }

    @Test
    void keysOfOthersAreNotLookedAt() {
        assertThat(AuditConfiguration.of(Map.of("server.port", "80", "auditor", "x")))
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "audit.enabled, yes, true or false",
        "audit.enabled, '', true or false",
        "audit.overflow, wait, 'drop, block, spill, reject'",
        "audit.overflow, 'drop, block', 'drop, block, spill, reject'",
        "audit.spool.max-size, 1023KiB, 'a number of bytes from 1MiB to 1TiB, such as 512MiB or 10GiB'",
        "audit.spool.max-size, 1025GiB, 'a number of bytes from 1MiB to 1TiB, such as 512MiB or 10GiB'",
        "audit.spool.max-size, 9999999999GiB, 'a number of bytes from 1MiB to 1TiB, such as 512MiB or 10GiB'",
        "audit.ring.size, 16MB, 'a number of bytes from 1KiB to 1GiB, such as 64KiB or 16MiB'",
        "audit.batch.in-flight, 0, a whole number from 1",
        "audit.batch.in-flight, 2147483648, a whole number from 1",
        "audit.shutdown-timeout, 10, 'a time up to a day, such as 100ms, 10s or 5m'"
    })
    void aValueThatIsNotAllowedIsRefusedWithWhatIs(String key, String value, String allowed) {
        assertThatThrownBy(() -> AuditConfiguration.of(Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Property " + key + "=" + value + " is not allowed. Allowed: " + allowed);
    }

    @ParameterizedTest
    @CsvSource({"1MiB, 1048576", "10GiB, 10737418240", "1024GiB, 1099511627776", "1048576, 1048576"})
    void aSizeOnDiskMayBeLarger(String value, long bytes) {
        assertThat(AuditConfiguration.of(Map.of("audit.spool.max-size", value)).bytes(Setting.SPOOL_MAX_SIZE))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"1024, 1024", "1KiB, 1024", "' 64 KiB ', 65536", "1MiB, 1048576", "1GiB, 1073741824"})
    void aSizeIsANumberOfBytesOrHasAUnit(String value, int bytes) {
        assertThat(AuditConfiguration.of(Map.of("audit.ring.size", value)).number(Setting.RING_SIZE))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1023", "-1KiB", "2GiB", "1025MiB", "9223372036854775807GiB", "KiB", "1.5MiB", ""})
    void aSizeOutOfBoundsIsRefused(String value) {
        refused("audit.ring.size", value);
    }

    @ParameterizedTest
    @CsvSource({"0ms, 0", "100ms, 100", "10s, 10000", "5m, 300000", "5 m, 300000", "1440m, 86400000"})
    void aTimeHasAUnit(String value, long millis) {
        assertThat(AuditConfiguration.of(Map.of("audit.shutdown-timeout", value))
                        .duration(Setting.SHUTDOWN_TIMEOUT))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1ms", "-1s", "-5m", "1441m", "1h", "s", "", "9223372036854775807m", "9223372036854775807s"})
    void aTimeOutOfBoundsIsRefused(String value) {
        refused("audit.shutdown-timeout", value);
    }

    private static void refused(String key, String value) {
        assertThatThrownBy(() -> AuditConfiguration.of(Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Property " + key + "=" + value + " is not allowed.");
    }

    @Test
    void patternsAreSeparatedByCommas() {
        assertThat(AuditConfiguration.of(Map.of("audit.tables.exclude", " a, b.c ,,"))
                        .patterns(Setting.TABLES_EXCLUDE))
                .containsExactly("a", "b.c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void aMissingValueSaysWhatItIsFor(String given) {
        Map<String, String> properties = given.isEmpty() ? Map.of() : Map.of("audit.store.url", given);

        assertThatThrownBy(() -> AuditConfiguration.of(properties).text(Setting.STORE_URL))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Property audit.store.url is missing. JDBC URL of the audit store. Allowed: any text");
    }

    @Test
    void laterLayersWin() {
        Properties file = properties("audit.source", "file", "audit.sink", "file", "audit.kafka.topic", "file");
        Properties system = properties("audit.source", "system", "audit.sink", "system", "java.version", "17");

        AuditConfiguration configuration =
                AuditConfiguration.layered(file, system, Map.of("AUDIT_SOURCE", "environment", "PATH", "/bin"));

        assertThat(configuration.text(Setting.SOURCE)).isEqualTo("environment");
        assertThat(configuration.text(Setting.SINK)).isEqualTo("system");
        assertThat(configuration.text(Setting.KAFKA_TOPIC)).isEqualTo("file");
    }

    @ParameterizedTest
    @EnumSource(
            value = Setting.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"KAFKA_CLIENT", "CAPTURE_KEYS_OF", "CAPTURE_IMAGES_OF", "DURABILITY_OF"})
    void everyKeyHasAnEnvironmentForm(Setting setting) {
        String variable = setting.key().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        String fallback = setting.fallback();

        AuditConfiguration configuration = environment(variable, fallback == null ? "x" : fallback);

        assertThat(configuration.isGiven(setting)).isTrue();
    }

    @Test
    void whatFollowsAPrefixIsKept() {
        assertThat(environment("AUDIT_CAPTURE_KEYS_ORDER_LINE", "auto").under(Setting.CAPTURE_KEYS_OF))
                .containsExactly(Map.entry("order_line", "auto"));
        assertThat(environment("AUDIT_KAFKA_CLIENT_SSL_KEY_PASSWORD", SECRET).under(Setting.KAFKA_CLIENT))
                .containsExactly(Map.entry("ssl.key.password", SECRET));
        assertThat(AuditConfiguration.of(Map.of("audit.kafka.client.Some-Key", "x"))
                        .under(Setting.KAFKA_CLIENT))
                .containsExactly(Map.entry("Some-Key", "x"));
    }

    @Test
    void anUnknownVariableNamesTheNearestOne() {
        assertThatThrownBy(() -> environment("AUDIT_RING_SISE", SECRET))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("Unknown environment variable AUDIT_RING_SISE. Did you mean AUDIT_RING_SIZE?");
    }

    @Test
    void aSecretIsInNoMessage() {
        AuditConfiguration configuration =
                AuditConfiguration.of(Map.of("audit.store.password", SECRET, "audit.kafka.client.sasl", SECRET));

        assertThat(configuration.text(Setting.STORE_PASSWORD)).isEqualTo(SECRET);
        assertThatThrownBy(() -> configuration.text(Setting.STORE_URL)).hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> AuditConfiguration.of(Map.of("audit.store.pasword", SECRET)))
                .hasMessageContaining("audit.store.password")
                .hasMessageNotContaining(SECRET);
        assertThatThrownBy(() -> environment("AUDIT_STORE_PASWORD", SECRET)).hasMessageNotContaining(SECRET);
    }

    @Test
    void aFileIsReadInUtf8(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("audit.properties");
        Files.writeString(file, "audit.source=Zürich\n", StandardCharsets.UTF_8);

        Properties own = ownProperties();
        try {
            assertThat(AuditConfiguration.load(file).text(Setting.SOURCE)).isEqualTo("Zürich");
        } finally {
            System.getProperties().putAll(own);
        }
    }

    /** The tests' own properties lie under the prefix, and would be refused. */
    private static Properties ownProperties() {
        Properties own = new Properties();
        for (String key : List.of("audit.seed")) {
            String value = System.clearProperty(key);
            if (value != null) {
                own.setProperty(key, value);
            }
        }
        return own;
    }

    @Test
    void aFileThatCannotBeReadIsNamed(@TempDir Path directory) {
        Path file = directory.resolve("absent.properties");

        assertThatThrownBy(() -> AuditConfiguration.load(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(file.toString());
    }

    private static AuditConfiguration environment(String variable, String value) {
        return AuditConfiguration.layered(new Properties(), new Properties(), Map.of(variable, value));
    }

    private static Properties properties(String... keysAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.setProperty(keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }
}
