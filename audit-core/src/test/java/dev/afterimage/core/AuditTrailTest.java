package dev.afterimage.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.ConfigurationException;
import dev.afterimage.core.event.AuditEvent;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.sink.Delivery;
import dev.afterimage.core.sink.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuditTrailTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    private final List<AuditEvent> delivered = new CopyOnWriteArrayList<>();

    private final AtomicBoolean closed = new AtomicBoolean();

    private final Sink sink = new Sink() {
        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            delivered.addAll(batch);
            return CompletableFuture.completedFuture(Delivery.COMPLETE);
        }

        @Override
        public void close() {
            closed.set(true);
        }
    };

    @Test
    void whatIsCapturedReachesTheSinkWithTheInstanceOfTheTrail() {
        try (AuditTrail trail = AuditTrail.start(AuditConfiguration.of(Map.of()), sink)) {
            trail.pipeline().gap(-1, GapReason.UNWRAPPED, "raw", -1);

            assertThat(trail.flush(LONG)).isTrue();

            assertThat(delivered)
                    .singleElement()
                    .satisfies(event -> assertThat(event.id()).hasToString(trail.instance() + ":1"));
            assertThat(trail.counters().snapshot().delivered()).isOne();
        }
    }

    @Test
    void eachTrailIsAnInstanceOfItsOwn() {
        AuditConfiguration configuration = AuditConfiguration.of(Map.of());
        try (AuditTrail one = AuditTrail.start(configuration, sink);
                AuditTrail other = AuditTrail.start(configuration, sink)) {
            assertThat(one.instance()).hasSize(16).isNotEqualTo(other.instance());
        }
    }

    @Test
    void aRingSizeThatIsNoPowerOfTwoIsRoundedUp() {
        AuditConfiguration configuration = AuditConfiguration.of(Map.of("audit.ring.size", "3KiB"));
        try (AuditTrail trail = AuditTrail.start(configuration, sink)) {
            int header = 40;
            assertThat(trail.pipeline().publisher().maxEntryLength()).isEqualTo(4096 / 4 - header);
        }
    }

    @Test
    void aSinkThatNobodyProvidesIsNamed() {
        AuditConfiguration configuration = AuditConfiguration.of(Map.of("audit.sink", "pigeon"));

        assertThatThrownBy(() -> AuditTrail.start(configuration))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Property audit.sink=pigeon names no sink on the class path. Allowed: ");
    }

    @Test
    void aTrailThatIsSwitchedOffNeedsNoSink() {
        AuditConfiguration configuration = AuditConfiguration.of(Map.of("audit.enabled", "false"));
        try (AuditTrail trail = AuditTrail.start(configuration)) {
            assertThat(trail.flush(LONG)).isTrue();
        }
    }

    private static AuditConfiguration spilling(Path directory) {
        return AuditConfiguration.of(Map.of(
                "audit.durability", "memory",
                "audit.overflow", "spill",
                "audit.spool.directory", directory.toString()));
    }

    @Test
    void aSpoolDirectoryThatCannotBeUsedIsNamedAndTheSinkClosed(@TempDir Path temporary) throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> AuditTrail.start(spilling(file), sink))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Property audit.spool.directory=" + file + " cannot be used: ");
        assertThat(closed).isTrue();
    }

    @Test
    void twoTrailsNeverShareASpool(@TempDir Path temporary) {
        try (AuditTrail trail = AuditTrail.start(spilling(temporary), sink)) {
            assertThat(trail.flush(LONG)).isTrue();
            assertThatThrownBy(() -> AuditTrail.start(spilling(temporary), sink))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("audit.spool.directory")
                    .hasMessageContaining("uses it");
        }
        AuditTrail.start(spilling(temporary), sink).close();
    }

    @Test
    void aJournalGoesWithTheTrailThatHasNothingLeftToTell(@TempDir Path temporary) throws IOException {
        for (String durability : List.of("process", "disk")) {
            AuditConfiguration configuration = AuditConfiguration.of(
                    Map.of("audit.durability", durability, "audit.spool.directory", temporary.toString()));
            AuditTrail trail = AuditTrail.start(configuration, sink);
            assertThat(temporary.resolve("0")).isDirectoryContaining("glob:**/*.ring");
            trail.close();
            assertThat(temporary.resolve("0")).isDirectoryNotContaining("glob:**/*.{ring,spool,parked}");
        }
    }

    @Test
    void inMemoryOnlySpillTouchesTheDisk(@TempDir Path temporary) {
        Path directory = temporary.resolve("spool");
        for (String overflow : List.of("drop", "block", "reject")) {
            AuditTrail.start(
                            AuditConfiguration.of(Map.of(
                                    "audit.durability",
                                    "memory",
                                    "audit.overflow",
                                    overflow,
                                    "audit.spool.directory",
                                    directory.toString())),
                            sink)
                    .close();
        }
        AuditTrail.start(AuditConfiguration.of(Map.of(
                        "audit.enabled", "false",
                        "audit.overflow", "spill",
                        "audit.spool.directory", directory.toString())))
                .close();

        assertThat(directory).doesNotExist();
    }

    @Test
    void whereNothingIsLeftThereIsNothingToRecover(@TempDir Path temporary) {
        AuditConfiguration configuration = AuditConfiguration.of(Map.of("audit.spool.directory", temporary.toString()));

        assertThat(AuditTrail.recover(configuration, sink)).isNull();

        assertThat(closed).isTrue();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatIsNotThereIsNoPlaceToRecoverFrom(@TempDir Path temporary) {
        Path missing = temporary.resolve("missing");
        AuditConfiguration configuration = AuditConfiguration.of(Map.of("audit.spool.directory", missing.toString()));

        assertThatThrownBy(() -> AuditTrail.recover(configuration, sink))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("audit.spool.directory=" + missing);
        assertThat(closed).isTrue();
    }

    @Test
    void whatASpoolWithoutAJournalHoldsIsRecoveredToo(@TempDir Path temporary) throws IOException {
        AuditTrail trail = AuditTrail.start(
                AuditConfiguration.of(Map.of(
                        "audit.durability", "memory",
                        "audit.overflow", "spill",
                        "audit.shutdown-timeout", "1ms",
                        "audit.spool.directory", temporary.toString())),
                new StalledSink());
        trail.pipeline().gap(-1, GapReason.UNWRAPPED, "raw", -1);
        trail.close();
        assertThat(temporary).isDirectoryContaining("glob:**.spool");

        AuditConfiguration configuration = AuditConfiguration.of(Map.of("audit.spool.directory", temporary.toString()));
        try (AuditTrail recovering = Objects.requireNonNull(AuditTrail.recover(configuration, sink))) {
            assertThat(recovering.flush(LONG)).isTrue();
        }

        assertThat(delivered)
                .singleElement()
                .satisfies(event -> assertThat(event.id()).hasToString(trail.instance() + ":1"));
        assertThat(temporary).isDirectoryNotContaining("glob:**.{spool,ring}");
    }

    /** Takes everything and answers nothing. */
    private static final class StalledSink implements Sink {
        @Override
        public CompletionStage<Delivery> send(List<AuditEvent> batch) {
            return new CompletableFuture<>();
        }

        @Override
        public void close() {}
    }
}
