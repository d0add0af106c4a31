package dev.afterimage.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @TempDir
    private Path directory;

    private record Ended(int status, String output) {}

    @Test
    void noArgumentsAreAnsweredWithTheUsage() throws Exception {
        Ended ended = run();
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output()).contains("Usage:", "--config FILE", "audit.replica.url");
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws Exception {
        Path missing = directory.resolve("missing.properties");
        Ended ended = run("--config", missing.toString());
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output()).contains(missing.toString());
    }

    @Test
    void aMissingKeyIsNamed() throws Exception {
        Ended ended = run("--config", file("audit.store.url=jdbc:h2:mem:store", "audit.kafka.bootstrap-servers=a:1"));
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output()).contains("audit.replica.url").doesNotContain("\tat ");
    }

    @Test
    void anUnknownKeyIsNamedWithTheOneThatWasMeant() throws Exception {
        Ended ended = run("--config", file("audit.store.ulr=jdbc:h2:mem:store"));
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output()).contains("audit.store.ulr").contains("audit.store.url");
    }

    @Test
    void aStatementIsAnalysed() throws Exception {
        Ended ended = run("analyze", "--dialect", "postgresql", "delete from t");
        assertThat(ended.status()).isZero();
        assertThat(ended.output()).contains("\"DELETE\"");
    }

    @Test
    void anUnknownDialectIsBadUsage() throws Exception {
        Ended ended = run("analyze", "--dialect", "db2", "delete from t");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output()).contains("Unknown dialect db2");
    }

    private String file(String... lines) throws IOException {
        return Files.write(directory.resolve("server.properties"), List.of(lines))
                .toString();
    }

    private static Ended run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
