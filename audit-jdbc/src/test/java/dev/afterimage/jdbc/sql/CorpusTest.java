package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.afterimage.jdbc.sql.CorpusAgreement.Field;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Measures the analyser on labelled statements that nobody on the team wrote. Labels that are wrong themselves are named
 * with their reason in {@code wrong-labels.tsv} and not counted.
 */
final class CorpusTest {

    @Test
    void agreesWithTheLabels() throws IOException {
        Optional<Path> directory = Corpus.directory();
        assumeTrue(
                directory.isPresent(),
                "no labelled corpus: put it into shared/corpus beside the repository, or name it by -Daudit.corpus");
        Set<String> wrongLabels = wrongLabels();
        CorpusAgreement agreement = new CorpusAgreement(wrongLabels);
        Corpus.read(directory.orElseThrow()).forEach(agreement::compare);
        System.out.println(agreement.table());
        agreement.differences().stream()
                .filter(difference -> difference.field().threshold() > 0)
                .limit(50)
                .forEach(System.out::println);

        for (Field field : Field.values()) {
            assertThat(agreement.agreement(field))
                    .as("agreement on %s", field)
                    .isGreaterThanOrEqualTo(field.threshold());
        }
    }

    private static Set<String> wrongLabels() throws IOException {
        Set<String> ids = new HashSet<>();
        InputStream raw = Objects.requireNonNull(CorpusTest.class.getResourceAsStream("wrong-labels.tsv"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(raw, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> ids.add(line.substring(0, line.indexOf('\t'))));
        }
        return ids;
    }
}
