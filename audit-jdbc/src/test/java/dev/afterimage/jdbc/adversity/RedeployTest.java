package dev.afterimage.jdbc.adversity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that is taken out of a JVM that goes on: an application server's redeployment. */
@Timeout(200)
@EnabledOnOs(OS.LINUX)
class RedeployTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"data source", "driver"})
    void nothingOfTheAuditStaysBehind(String wayIn) throws Exception {
        String spool = directory.resolve("spool").toString();
        // Whatever the JDK only remembers softly is no leak, and would be waited for.
        List<String> options = List.of("-Xmx64m", "-XX:SoftRefLRUPolicyMSPerMB=0");
        try (ChildJvm program =
                ChildJvm.start(directory.resolve("log"), null, options, RedeployingProgram.class, wayIn, spool)) {
            assertThat(program.rest())
                    .as(program::logged)
                    .containsExactly(
                            "10 changes",
                            "10 changes",
                            "threads: 0",
                            "no file mapped or open: true",
                            "class loader gone: true");
        }
    }
}
