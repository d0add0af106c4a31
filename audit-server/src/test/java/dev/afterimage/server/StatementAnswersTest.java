package dev.afterimage.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatementAnswersTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final StatementAnswers answers =
            new StatementAnswers(SqlDialect.POSTGRESQL, new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void aStatementIsShownWithItsTargetsAndKeys() throws IOException {
        answers.statement("update only s.listing as l set price = ?, note = 'x' where l.id in (1, 2) and owner = ?");

        JsonNode shown = new ObjectMapper().readTree(printed());
        assertThat(shown.path("writes").asBoolean()).isTrue();
        assertThat(shown.path("kind").asText()).isEqualTo("UPDATE");
        assertThat(shown.path("ops").toString())
                .isEqualTo("[{\"op\":\"UPDATE\",\"schema\":\"s\",\"table\":\"listing\",\"alias\":\"l\","
                        + "\"assignedColumns\":[\"price\",\"note\"],\"keyColumns\":[\"id\",\"owner\"]}]");
    }

    @Test
    void eachLineIsAnsweredByOneWithItsId() throws IOException {
        lines(
                "{\"id\":\"a\",\"sql\":\"delete from t where id = 1\",\"other\":[]}\n\n{\"id\":7,\"sql\":\"select 1\"}\n");

        assertThat(printed().lines())
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith("{\"id\":\"a\",\"writes\":true"))
                .anySatisfy(line -> assertThat(line).startsWith("{\"id\":7,\"writes\":false"));
    }

    @Test
    void aLineThatIsNoRequestIsAnsweredWithItsErrorAndTheRestGoesOn() throws IOException {
        lines("nonsense\n{\"id\":1}\n{\"id\":2,\"sql\":\"truncate t\"}\n");

        assertThat(printed().lines()).hasSize(3);
        assertThat(printed()).contains("not a JSON object", "no \\\"sql\\\"", "\"TRUNCATE\"");
    }

    @Test
    void anUnknownDialectIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> StatementAnswers.dialect("db2"))
                .hasMessageContaining("db2")
                .hasMessageContaining("oracle");
    }

    private void lines(String text) throws IOException {
        answers.lines(new BufferedReader(new StringReader(text)));
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
