package dev.afterimage.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ByteReaderTest {

    @Test
    void readingStaysWithinItsPartOfTheArray() {
        ByteReader reader = new ByteReader(new byte[] {9, 1, 2, 0, 9}, 1, 3);

        assertThat(reader.getByte()).isEqualTo(1);
        assertThat(reader.getShort()).isEqualTo(2);
        assertThat(reader.hasRemaining()).isFalse();
        assertThatThrownBy(reader::getByte).isInstanceOf(CorruptRecordException.class);
    }

    @Test
    void bytesAndShortsAreUnsigned() {
        ByteReader reader = new ByteReader(new byte[] {-1, -1, -1}, 0, 3);

        assertThat(reader.getByte()).isEqualTo(0xFF);
        assertThat(reader.getShort()).isEqualTo(0xFFFF);
    }

    @Test
    void aReadPastTheEndIsCorruptAndTakesNothing() {
        ByteReader reader = new ByteReader(new byte[3], 0, 3);

        assertThatThrownBy(reader::getInt)
                .isInstanceOf(CorruptRecordException.class)
                .hasMessage("wanted=4 remaining=3");
        assertThatThrownBy(reader::getLong).isInstanceOf(CorruptRecordException.class);
        assertThat(reader.remaining()).isEqualTo(3);
    }

    @Test
    void aLengthThatPointsPastTheEndIsCorrupt() {
        isCorrupt(2, ByteReader::getText);
        isCorrupt(2, ByteReader::getBytes);
        isCorrupt(Integer.MAX_VALUE, ByteReader::getText);
        isCorrupt(Integer.MAX_VALUE, ByteReader::getBytes);
    }

    @Test
    void aNegativeLengthIsCorrupt() {
        isCorrupt(-1, ByteReader::getText);
        isCorrupt(Integer.MIN_VALUE, ByteReader::getBytes);
        isCorrupt(0, reader -> reader.skip(-1));
        isCorrupt(0, reader -> reader.slice(-1));
    }

    @Test
    void aSliceIsSkippedByItsOwner() {
        ByteReader reader = new ByteReader(new byte[] {1, 2, 3}, 0, 3);

        ByteReader slice = reader.slice(2);

        assertThat(reader.getByte()).isEqualTo(3);
        assertThat(slice.getByte()).isEqualTo(1);
        assertThat(slice.remaining()).isEqualTo(1);
    }

    private static void isCorrupt(int length, Consumer<ByteReader> read) {
        ByteWriter writer = new ByteWriter(8);
        writer.putInt(length);
        writer.putByte(1);
        assertThatThrownBy(() -> read.accept(new ByteReader(writer.array(), 0, writer.length())))
                .isInstanceOf(CorruptRecordException.class);
    }
}
