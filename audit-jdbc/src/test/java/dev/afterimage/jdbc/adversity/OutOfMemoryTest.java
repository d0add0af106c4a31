package dev.afterimage.jdbc.adversity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No memory left, on the application's threads and on the background thread. */
@Timeout(200)
class OutOfMemoryTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"memory", "process"})
    void theApplicationSeesNothingOfItAndTheTrailSaysWhatItHasMissed(String durability) throws Exception {
        Path log = directory.resolve("log");
        String spool = directory.resolve("spool").toString();
        try (ChildJvm program =
                ChildJvm.start(log, null, List.of("-Xmx16m"), StarvingProgram.class, durability, spool)) {
            assertThat(program.rest())
                    .as(program::logged)
                    .containsExactly(
                            "seen by the application: null",
                            "calls of the driver missing: 0",
                            "delivered: true",
                            "gaps told: true",
                            "told afterwards: 100",
                            "rolled back and told: 0",
                            "told with another's value: 0",
                            "sequence whole: true");
        }
    }
}
