package dev.afterimage.jmh.tpcb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each variant records what it claims to record, on a real server and a real broker. */
class VariantsIT {

    private static final Condition CONDITION = new Condition(2, false);
    private static final Duration LENGTH = Duration.ofMillis(500);

    @TempDir
    private static Path files;

    private static Database database;

    private static List<Variant> variants;

    @BeforeAll
    static void start() throws SQLException {
        database = Database.start(files, 1);
        variants = Variants.of(Variants.NAMES, files);
    }

    @AfterAll
    static void stop() throws SQLException {
        variants.forEach(Variant::close);
        database.close();
    }

    static List<String> names() {
        return Variants.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothingIsMissing(String name) throws Exception {
        Variant variant = variants.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        Sample sample = new Measurement(database, LENGTH, LENGTH).measure(variant, CONDITION, 1);
        assertThat(sample.transactions()).isPositive();
        assertThat(sample.trouble()).isEmpty();
        if (variant.kind() != Variant.Kind.RAW) {
            assertThat(sample.recorded()).isEqualTo(sample.expected());
        }
    }
}
