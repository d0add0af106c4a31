package dev.afterimage.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.event.AuditEvent;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventCodecTest {

    private final Random random = Seed.random(EventCodecTest.class);
    private final SampleEvents sample = new SampleEvents(random);
    private final ByteWriter writer = new ByteWriter(16);

    @Test
    void anyEventComesBackEqual() {
        for (int round = 0; round < 5_000; round++) {
            AuditEvent event = sample.event();

            ByteReader reader = written(event);

            assertThat(EventCodec.get(reader)).isEqualTo(event);
            assertThat(reader.hasRemaining()).isFalse();
        }
    }

    @Test
    void anotherVersionIsRefusedByName() {
        written(sample.event());
        writer.array()[0] = 2;

        assertThatThrownBy(() -> EventCodec.get(new ByteReader(writer.array(), 0, writer.length())))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("version=2");
    }

    /** Damaged bytes are an event or a corrupt record, and nothing else. */
    @Test
    void whateverTheBytesNothingElseIsThrown() {
        for (int round = 0; round < 20_000; round++) {
            written(sample.event());
            for (int i = random.nextInt(4); i >= 0; i--) {
                writer.array()[random.nextInt(writer.length())] = (byte) random.nextInt();
            }
            try {
                EventCodec.get(new ByteReader(writer.array(), 0, random.nextInt(writer.length() + 1)));
            } catch (CorruptRecordException expected) {
                assertThat(expected).hasMessageNotContainingAny("null");
            }
        }
    }

    private ByteReader written(AuditEvent event) {
        writer.truncate(0);
        EventCodec.put(writer, event);
        return new ByteReader(writer.array(), 0, writer.length());
    }
}
