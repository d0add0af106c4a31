package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.H2;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.MARIADB;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.event.Assignment;
import dev.afterimage.core.value.Digest;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams and large objects: what is told is what the driver has read and the database has stored, or is not known. */
abstract class StreamCases extends Cases {

    private static final String UNREAD = "unread";

    StreamCases(TestDatabase database) throws SQLException {
        super(database);
    }

    @BeforeEach
    void table() throws SQLException {
        String bytes = is(POSTGRESQL) ? "BYTEA" : is(MARIADB) ? "LONGBLOB" : "BLOB";
        String text = is(POSTGRESQL) ? "TEXT" : is(MARIADB) ? "LONGTEXT CHARACTER SET utf8mb4" : "CLOB";
        try (Connection bare = database().dataSource().getConnection()) {
            run(bare, "CREATE TABLE v (id INT PRIMARY KEY, b " + bytes + ", t " + text + ")");
        }
    }

    private static InputStream bytes(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return new ByteArrayInputStream(content);
    }

    private PreparedStatement insert(Connection connection, String column) throws SQLException {
        return connection.prepareStatement("INSERT INTO v (id, " + column + ") VALUES (?, ?)");
    }

    private List<Value> told(String column) {
        return trial().changes().stream()
                .flatMap(change -> change.assigned().stream())
                .filter(set -> set.column().equalsIgnoreCase(column))
                .map(Assignment::value)
                .toList();
    }

    private List<@Nullable String> bytesTold() {
        return new ArrayList<>(told("b").stream()
                .map(value -> value.type() == ValueType.BYTES ? value.text() : UNREAD)
                .toList());
    }

    private List<@Nullable String> bytesStored() throws SQLException {
        List<@Nullable String> stored = new ArrayList<>();
        try (Connection bare = database().dataSource().getConnection();
                Statement statement = bare.createStatement();
                ResultSet rows = statement.executeQuery("SELECT b FROM v ORDER BY id")) {
            while (rows.next()) {
                stored.add(HexFormat.of().formatHex(rows.getBytes(1)));
            }
        }
        return stored;
    }

    @Test
    void aLongStreamIsTheDigestOfAnArrayOfItsBytes() throws SQLException {
        retry(Map.of("audit.value.max-bytes", "1KiB"));
        byte[] content = new byte[100_003];
        new Random(1).nextBytes(content);
        try (Connection connection = trial().connection();
                PreparedStatement statement = insert(connection, "b")) {
            statement.setInt(1, 1);
            statement.setBytes(2, content);
            statement.executeUpdate();
            statement.setInt(1, 2);
            statement.setBinaryStream(2, new ByteArrayInputStream(content), content.length);
            statement.executeUpdate();
            statement.setInt(1, 3);
            statement.setBinaryStream(2, new ByteArrayInputStream(content));
            statement.executeUpdate();
        }
        List<Value> told = told("b");
        assertThat(told).hasSize(3).containsOnly(told.get(0));
        assertThat(told.get(0).content())
                .isInstanceOfSatisfying(
                        Digest.class, digest -> assertThat(digest.length()).isEqualTo(content.length));
    }

    @Test
    void aLongReaderIsTheDigestOfItsText() throws SQLException {
        retry(Map.of("audit.value.max-bytes", "1KiB"));
        // Pairs of surrogates at odd places: some fall upon the boundaries of every buffer.
        String content = "a" + "\ud83d\ude00".repeat(20_000) + "ë漢".repeat(1000);
        try (Connection connection = trial().connection();
                PreparedStatement statement = insert(connection, "t")) {
            statement.setInt(1, 1);
            statement.setString(2, content);
            statement.executeUpdate();
            statement.setInt(1, 2);
            statement.setCharacterStream(2, new StringReader(content), content.length());
            statement.executeUpdate();
        }
        List<Value> told = told("t");
        assertThat(told).hasSize(2).containsOnly(told.get(0));
        assertThat(told.get(0).type()).isEqualTo(ValueType.DIGEST);
    }

    @Test
    void everyRowOfABatchHasItsStream() throws SQLException {
        try (Connection connection = begin();
                PreparedStatement statement = insert(connection, "b")) {
            for (int id = 1; id <= 5; id++) {
                statement.setInt(1, id);
                if (id == 3) {
                    statement.setBytes(2, new byte[] {3});
                } else {
                    statement.setBinaryStream(2, bytes(id, id + 1, 9), 2);
                }
                statement.addBatch();
            }
            statement.executeBatch();
            connection.commit();
        }
        assertThat(bytesTold()).containsExactly("0102", "0203", "03", "0405", "0506");
        assertThat(bytesStored()).isEqualTo(bytesTold());
    }

    /** What a driver makes of a stream that it has read before is its own affair; ours is not to tell what is not so. */
    @Test
    void aStreamThatStaysBound() throws SQLException {
        try (Connection connection = begin();
                PreparedStatement statement = insert(connection, "b")) {
            statement.setBinaryStream(2, bytes(1, 2, 3, 4), 2);
            for (int id = 1; id <= 3; id++) {
                statement.setInt(1, id);
                if (id < 3 || !is(POSTGRESQL)) { // Its driver breaks the connection where the stream is at its end.
                    statement.executeUpdate();
                }
            }
            connection.commit();
        }
        List<@Nullable String> expected = switch (database().product()) {
            case POSTGRESQL -> List.of("0102", "0304");
            case MARIADB -> List.of("0102", UNREAD, UNREAD); // It has read beyond the length, and thrown that away.
            case H2 -> List.of("0102", "0102", "0102");
        };
        assertThat(bytesTold()).isEqualTo(expected);
        agreesWhereTold();
    }

    @Test
    void aWholeStreamThatStaysBound() throws SQLException {
        try (Connection connection = begin();
                PreparedStatement statement = insert(connection, "b")) {
            statement.setBinaryStream(2, bytes(1, 2, 3, 4));
            statement.setInt(1, 1);
            statement.executeUpdate();
            statement.setInt(1, 2);
            statement.executeUpdate();
            connection.commit();
        }
        assertThat(bytesTold()).isEqualTo(bytesStored());
        assertThat(bytesTold()).containsExactly("01020304", is(MARIADB) ? "" : "01020304");
    }

    @Test
    void aStreamThatAFailedExecutionHasRead() throws SQLException {
        try (Connection connection = trial().connection();
                PreparedStatement statement = insert(connection, "b")) {
            run(connection, "INSERT INTO v (id) VALUES (1)");
            statement.setBinaryStream(2, bytes(1, 2, 3, 4), 2);
            statement.setInt(1, 1);
            try {
                statement.executeUpdate();
            } catch (SQLException taken) {
                assertThat(taken.getSQLState()).startsWith("23");
            }
            statement.setInt(1, 2);
            statement.executeUpdate();
            run(connection, "DELETE FROM v WHERE id = 1");
        }
        assertThat(bytesTold()).hasSize(1);
        agreesWhereTold();
    }

    @Test
    void aStreamSharedByTheRowsOfABatch() throws SQLException {
        try (Connection connection = begin();
                PreparedStatement statement = insert(connection, "b")) {
            statement.setBinaryStream(2, bytes(1, 2, 3, 4), 2);
            statement.setInt(1, 1);
            statement.addBatch();
            statement.setInt(1, 2);
            statement.addBatch();
            statement.executeBatch();
            connection.commit();
        }
        assertThat(bytesTold()).hasSize(2);
        agreesWhereTold();
    }

    private void agreesWhereTold() throws SQLException {
        List<@Nullable String> told = bytesTold();
        List<@Nullable String> stored = bytesStored();
        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i)).isIn(UNREAD, stored.get(i));
        }
    }

    /** PostgreSQL's driver says the class of what it does not take: that must be the application's. */
    @Test
    void aRefusedStreamIsRefusedInTheSameWords() throws SQLException {
        List<String> words = new ArrayList<>();
        for (boolean audited : new boolean[] {false, true}) {
            try (Connection connection = audited
                            ? trial().connection()
                            : database().dataSource().getConnection();
                    PreparedStatement statement = insert(connection, "b")) {
                for (int type : new int[] {Types.NULL, Types.VARBINARY, Types.INTEGER, Types.DATE}) {
                    words.add(refusal(statement, type));
                }
            }
        }
        assertThat(words.subList(4, 8)).isEqualTo(words.subList(0, 4));
    }

    private static String refusal(PreparedStatement statement, int type) {
        try {
            if (type == Types.NULL) {
                statement.setObject(2, bytes(1));
            } else {
                statement.setObject(2, bytes(1), type);
            }
            return "none";
        } catch (SQLException | RuntimeException refused) {
            return String.valueOf(refused.getMessage()).replaceAll("@[0-9a-f]+|conn=\\d+", "");
        }
    }

    @Test
    void aLargeObjectThatIsWrittenInPlace() throws SQLException {
        only(POSTGRESQL);
        try (Connection connection = begin()) {
            run(connection, "CREATE TABLE file (id INT PRIMARY KEY, content OID)");
            run(connection, "INSERT INTO file VALUES (1, lo_from_bytea(0, 'hello'))");
            connection.commit();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT content FROM file")) {
                row.next();
                row.getBlob(1).setBytes(1, new byte[] {'J'});
            }
            connection.commit();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT lo_get(content) FROM file")) {
                row.next();
                assertThat(new String(row.getBytes(1), java.nio.charset.StandardCharsets.US_ASCII))
                        .isEqualTo("Jello");
            }
        }
        assertThat(trial().told()).containsExactly("INSERT file 1", "GAP ROWS_UNKNOWN");
    }

    @Test
    void aLargeObjectThatIsACopy() throws SQLException {
        only(MARIADB);
        try (Connection connection = begin();
                PreparedStatement statement = insert(connection, "b")) {
            statement.setInt(1, 1);
            statement.setBinaryStream(2, bytes(1, 2));
            statement.executeUpdate();
            try (Statement reading = connection.createStatement();
                    ResultSet row = reading.executeQuery("SELECT b FROM v")) {
                row.next();
                Blob blob = row.getBlob(1);
                blob.setBytes(1, new byte[] {9});
                blob.truncate(1);
            }
            connection.commit();
        }
        assertThat(bytesStored()).containsExactly("0102");
        assertThat(trial().told()).containsExactly("INSERT v 1");
    }

    @Test
    void aLargeObjectThatMustNotBeWritten() throws SQLException {
        only(H2);
        try (Connection connection = begin();
                PreparedStatement statement = insert(connection, "b")) {
            statement.setInt(1, 1);
            Blob blob = connection.createBlob();
            blob.setBytes(1, new byte[] {1, 2});
            statement.setBlob(2, blob);
            statement.executeUpdate();
            connection.commit();
        }
        assertThat(bytesTold()).containsExactly("0102");
    }
}
