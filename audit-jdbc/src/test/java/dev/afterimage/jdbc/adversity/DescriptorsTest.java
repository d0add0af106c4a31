package dev.afterimage.jdbc.adversity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No file descriptor left, and a sink that is away, so that the trail would need one. */
@Timeout(200)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no ulimit")
class DescriptorsTest {

    @TempDir
    private Path directory;

    /** The spool is full before all of it is told: what it has no room for is a gap, and nothing is neither. */
    @ParameterizedTest
    @ValueSource(strings = {"memory", "process"})
    void theApplicationSeesNothingOfItAndAllIsToldOrAGap(String durability) throws Exception {
        Path log = directory.resolve("log");
        String spool = directory.resolve("spool").toString();
        try (ChildJvm program =
                ChildJvm.start(log, "ulimit -n 200", List.of("-Xmx96m"), DescriptorsProgram.class, durability, spool)) {
            assertThat(program.rest())
                    .as(program::logged)
                    .containsExactly(
                            "delivered before: true",
                            "delivered: true",
                            "calls that failed: 0",
                            "neither told nor in a gap: 0",
                            "lost: true");
            assertThat(program.logged()).contains("cannot be used for now, changes wait");
        }
    }
}
