package dev.afterimage.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.codec.StatementDescriptor.Source;
import dev.afterimage.core.codec.StatementDescriptor.Target;
import dev.afterimage.core.codec.StatementDescriptor.Write;
import dev.afterimage.core.event.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementDescriptorTest {

    private final ByteWriter writer = new ByteWriter(16);

    @Test
    void anyDescriptorComesBackEqual() {
        Sample sample = new Sample(Seed.random(StatementDescriptorTest.class));
        for (int round = 0; round < 2_000; round++) {
            StatementDescriptor descriptor = sample.descriptor();
            writer.truncate(0);

            descriptor.encode(writer);

            ByteReader reader = reader();
            assertThat(StatementDescriptor.decode(reader)).isEqualTo(descriptor);
            assertThat(reader.hasRemaining()).isFalse();
        }
    }

    @Test
    void aNegativeNumberOfParametersIsCorrupt() {
        isCorrupt(new StatementDescriptor("", -1, List.of(), null));
    }

    @Test
    void aNegativeNumberOfRowsIsCorrupt() {
        isCorrupt(descriptor(-1, List.of()));
    }

    @Test
    void aNegativeOrdinalIsCorrupt() {
        isCorrupt(descriptor(1, List.of(new Target("id", List.of(new Source.Parameter(-1))))));
    }

    private static StatementDescriptor descriptor(int valueRows, List<Target> targets) {
        Write write = new Write(Operation.INSERT, null, targets, valueRows, List.of(), true, false);
        return new StatementDescriptor("", 1, List.of(write), null);
    }

    private void isCorrupt(StatementDescriptor descriptor) {
        descriptor.encode(writer);
        assertThatThrownBy(() -> StatementDescriptor.decode(reader())).isInstanceOf(CorruptRecordException.class);
    }

    private ByteReader reader() {
        return new ByteReader(writer.array(), 0, writer.length());
    }
}
