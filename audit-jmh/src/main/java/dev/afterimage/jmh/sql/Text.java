package dev.afterimage.jmh.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/**
 * A statement as an application would hand it to JDBC.
 *
 * @param dialect of the database it is meant for
 * @param sql the statement
 */
public record Text(SqlDialect dialect, String sql) {

    /** Below so many characters a text is short. */
    public static final int SHORT = 100;

    private static final String BUILT_IN = "/statements.tsv";
    private static final long ORDER = 20_261_123;

    /**
     * Reads the {@code *.jsonl} and {@code *.jsonl.gz} files of a directory, one object with {@code dialect} and
     * {@code sql} on each line; without a directory the statements that come with the benchmarks. In an order that has
     * nothing to do with theirs, for neighbours are alike and a processor learns.
     */
    public static List<Text> read(String directory) throws IOException {
        List<Text> texts = directory.isEmpty() ? builtIn() : corpus(Path.of(directory));
        Collections.shuffle(texts, new Random(ORDER));
        return texts;
    }

    boolean isShort() {
        return sql.length() < SHORT;
    }

    /** The short ones among some texts. */
    public static List<Text> shortOf(List<Text> texts) {
        return texts.stream().filter(Text::isShort).toList();
    }

    private static List<Text> builtIn() throws IOException {
        List<Text> texts = new ArrayList<>();
        try (InputStream in = Text.class.getResourceAsStream(BUILT_IN);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                texts.add(new Text(dialect(line.substring(0, tab)), line.substring(tab + 1)));
            }
        }
        return texts;
    }

    private static List<Text> corpus(Path directory) throws IOException {
        TreeSet<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*.{jsonl,jsonl.gz}")) {
            found.forEach(files::add);
        }
        List<Text> texts = new ArrayList<>();
        for (Path file : files) {
            try (InputStream raw = Files.newInputStream(file)) {
                readLines(file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw, texts);
            }
        }
        return texts;
    }

    private static void readLines(InputStream in, List<Text> texts) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode entry = mapper.readTree(line);
            texts.add(new Text(
                    dialect(entry.get("dialect").asText()), entry.get("sql").asText()));
        }
    }

    private static SqlDialect dialect(String name) {
        return switch (name) {
            case "postgresql" -> SqlDialect.POSTGRESQL;
            case "mysql" -> SqlDialect.MYSQL;
            case "h2" -> SqlDialect.H2;
            case "oracle" -> SqlDialect.ORACLE;
            case "tsql" -> SqlDialect.TSQL;
            default -> SqlDialect.ANSI;
        };
    }
}
