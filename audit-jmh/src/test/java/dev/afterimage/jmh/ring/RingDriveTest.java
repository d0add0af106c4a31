package dev.afterimage.jmh.ring;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RingDriveTest {

    static List<String> rings() {
        return Ring.NAMES;
    }

    /** More than fits, from more producers than there are cores. */
    @ParameterizedTest
    @MethodSource("rings")
    void deliversEverythingFromEveryProducer(String ring) {
        assertThatCode(() -> {
                    try (RingDrive drive = new RingDrive(ring, 4, 512)) {
                        drive.saturate(10_000);
                        drive.saturate(10_000);
                    }
                })
                .doesNotThrowAnyException();
    }
}
