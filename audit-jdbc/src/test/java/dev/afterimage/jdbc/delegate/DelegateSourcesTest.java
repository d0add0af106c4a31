package dev.afterimage.jdbc.delegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The checked-in delegating classes forward exactly the methods that JDBC has on the running JDK. */
class DelegateSourcesTest {

    private static final Path ROOT = Path.of("src/main/java");

    static List<DelegateClass> classes() {
        return DelegateSources.CLASSES;
    }

    @ParameterizedTest
    @MethodSource("classes")
    void checkedInSourceIsWhatTheRunningJdkAsksFor(DelegateClass each) throws IOException {
        String checkedIn = Files.readString(DelegateSources.file(ROOT, each));

        assertThat(withoutLayout(checkedIn))
                .as("%s: run DelegateSources.main and spotless:apply", each.name())
                .isEqualTo(withoutLayout(each.source()));
    }

    @Test
    void noDelegatingClassIsLeftBehind() throws IOException {
        List<String> expected =
                classes().stream().map(each -> each.name() + ".java").toList();
        try (Stream<Path> files = Files.walk(ROOT)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.startsWith("Delegating") && !name.equals("Delegating.java"))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static String withoutLayout(String source) {
        return source.replaceAll("\\s+", "");
    }
}
