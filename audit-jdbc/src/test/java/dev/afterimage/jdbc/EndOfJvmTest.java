package dev.afterimage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a program that knows nothing of the audit leaves behind when it ends. */
class EndOfJvmTest {

    @Test
    void whatIsCommittedIsDeliveredThoughNobodyClosesAnything() throws Exception {
        assertThat(run()).containsExactly("change [1]");
    }

    @Test
    void workInAShutdownHookOfTheApplicationIsDeliveredWhenItCloses() throws Exception {
        assertThat(run("hook")).containsExactly("change [1]", "change [2]", "closed");
    }

    private static List<String> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Daudit.sink=printing",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                LeavingProgram.class.getName()));
        command.addAll(List.of(arguments));
        Process program = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String out = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(program.exitValue()).isZero();
            return out.lines().toList();
        } finally {
            program.destroyForcibly();
        }
    }
}
