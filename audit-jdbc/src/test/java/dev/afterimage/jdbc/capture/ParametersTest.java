package dev.afterimage.jdbc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.codec.ByteReader;
import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.ValueCodec;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bound values stay what they are, though statements hand the memory that holds them to one another. */
class ParametersTest {

    private static final String UPDATE = "UPDATE account SET owner = ?, note = ? WHERE id = ?";

    private final TestCapture test = new TestCapture(SqlDialect.POSTGRESQL, Map.of());

    @AfterEach
    void close() {
        test.close();
    }

    private Parameters parameters() {
        return Objects.requireNonNull(test.capture().parameters(test.capture().plan(UPDATE)));
    }

    private static List<@Nullable Object> values(Parameters parameters) {
        ByteWriter row = new ByteWriter(16);
        parameters.appendTo(row);
        ByteReader reader = new ByteReader(row.array(), 0, row.length());
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Value value = ValueCodec.get(reader);
            values.add(value.type() == ValueType.MASKED ? "unset" : value.content());
        }
        return values;
    }

    @Test
    void aStatementSeesNothingOfTheOneWhoseMemoryItHas() {
        Parameters first = parameters();
        first.setString(1, "a long text that needs a slot of its own size");
        first.setString(2, "b");
        first.setInteger(3, 7);
        first.close();
        Parameters second = parameters();
        second.setInteger(3, 8);
        assertThat(values(second)).containsExactly("unset", "unset", 8L);
    }

    @Test
    void closedByAnotherThanItsUserAStatementKeepsItsMemory() throws InterruptedException {
        Parameters used = parameters();
        used.setString(1, "mine");
        used.setInteger(3, 1);
        used.beginExecution();
        Thread other = new Thread(() -> {
            used.close();
            Parameters next = parameters();
            next.setString(1, "other");
            next.setInteger(3, 2);
        });
        other.start();
        other.join();
        assertThat(values(used)).containsExactly("mine", "unset", 1L);
    }

    @Test
    void whateverIsBoundAfterEachOtherTheLastOfEachCounts() {
        long seed = Long.getLong("audit.seed", System.nanoTime());
        System.out.println("ParametersTest: -Daudit.seed=" + seed);
        Random random = new Random(seed);
        for (int statement = 0; statement < 500; statement++) {
            Parameters parameters = parameters();
            List<@Nullable Object> expected = new ArrayList<>(List.of("unset", "unset", "unset"));
            for (int i = random.nextInt(30); i > 0; i--) {
                int ordinal = 1 + random.nextInt(3);
                if (random.nextInt(9) == 0) {
                    parameters.setNull(ordinal);
                    expected.set(ordinal - 1, null);
                } else if (random.nextBoolean()) {
                    long number = random.nextLong();
                    parameters.setInteger(ordinal, number);
                    expected.set(ordinal - 1, number);
                } else {
                    String text = "x".repeat(random.nextInt(random.nextInt(10) == 0 ? 9000 : 40));
                    parameters.setString(ordinal, text);
                    expected.set(ordinal - 1, text);
                }
            }
            assertThat(values(parameters)).as("-Daudit.seed=%d", seed).isEqualTo(expected);
            parameters.close();
        }
    }
}
