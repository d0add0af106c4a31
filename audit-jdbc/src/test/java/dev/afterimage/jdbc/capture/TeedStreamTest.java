package dev.afterimage.jdbc.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.core.codec.ByteReader;
import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.ValueCodec;
import dev.afterimage.core.value.Digest;
import dev.afterimage.core.value.Value;
import dev.afterimage.core.value.ValueType;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However a driver reads, it gets what it would get, and the copy is the value of all that it got. */
class TeedStreamTest {

    private static final int MAX = 1024;
    private static final long WHOLE = StreamReading.WHOLE;

    private final TestCapture test = new TestCapture(SqlDialect.H2, Map.of("audit.value.max-bytes", "1KiB"));
    private final Capture capture = test.capture();
    private final ValueEncoder encoder = new ValueEncoder(MAX);
    private final Room room = new Room(1 << 20);

    @AfterEach
    void close() {
        test.close();
    }

    private static Value value(LateValue late) {
        ByteWriter to = new ByteWriter(16);
        late.putTo(to);
        return ValueCodec.get(new ByteReader(to.array(), 0, to.length()));
    }

    private Value of(byte[] bytes) {
        ByteWriter to = new ByteWriter(16);
        encoder.putBytes(to, bytes);
        return ValueCodec.get(new ByteReader(to.array(), 0, to.length()));
    }

    private Value of(String text) {
        ByteWriter to = new ByteWriter(16);
        encoder.putString(to, text);
        return ValueCodec.get(new ByteReader(to.array(), 0, to.length()));
    }

    private static Value unread(long length) {
        return new Value(ValueType.DIGEST, new Digest(length, "", ""));
    }

    @Test
    void readInAnyWayAStreamIsTheSameAndItsCopyIsItsValue() throws IOException {
        long seed = Long.getLong("audit.seed", System.nanoTime());
        System.out.println("TeedStreamTest audit.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            byte[] content = new byte[random.nextInt(random.nextBoolean() ? 40 : 3 * MAX)];
            random.nextBytes(content);
            InputStream bare = new ByteArrayInputStream(content);
            TeedInputStream teed =
                    TeedInputStream.ofBytes(new ByteArrayInputStream(content), capture, WHOLE, new Room(1 << 20));
            boolean more = true;
            boolean marked = false;
            while (more) {
                int most = random.nextInt(300);
                switch (random.nextInt(8)) {
                    case 0 -> assertThat(teed.read()).isEqualTo(bare.read());
                    case 1 -> {
                        bare.mark(5000);
                        teed.mark(5000);
                        marked = true;
                    }
                    case 2 -> {
                        if (marked) {
                            bare.reset();
                            teed.reset();
                            marked = false;
                        }
                    }
                    case 3 -> assertThat(teed.readNBytes(most)).isEqualTo(bare.readNBytes(most));
                    case 4 -> assertThat(teed.available()).isEqualTo(bare.available());
                    default -> {
                        byte[] expected = new byte[most + 1];
                        byte[] actual = new byte[most + 1];
                        int count = bare.read(expected, 0, most + 1);
                        assertThat(teed.read(actual, 0, most + 1)).isEqualTo(count);
                        assertThat(actual).isEqualTo(expected);
                        more = count >= 0;
                    }
                }
            }
            assertThat(value(teed.reading())).isEqualTo(of(content));
        }
    }

    @Test
    void wholeStreamsInOneCall() throws IOException {
        byte[] content = new byte[5000];
        TeedInputStream all = TeedInputStream.ofBytes(new ByteArrayInputStream(content), capture, WHOLE, room);
        assertThat(all.readAllBytes()).isEqualTo(content);
        TeedInputStream over = TeedInputStream.ofBytes(new ByteArrayInputStream(content), capture, WHOLE, room);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(over.transferTo(out)).isEqualTo(5000);
        assertThat(value(all.reading())).isEqualTo(of(content)).isEqualTo(value(over.reading()));
    }

    @Test
    void whatIsNotReadToItsEndIsNotKnown() throws IOException {
        TeedInputStream teed = TeedInputStream.ofBytes(new ByteArrayInputStream(new byte[9]), capture, 9L, room);
        teed.readNBytes(8);
        assertThat(value(teed.reading())).isEqualTo(unread(9));
        teed.read();
        assertThat(value(teed.reading())).isEqualTo(of(new byte[9]));
    }

    @Test
    void whatLiesBeyondTheLengthIsNoPartOfTheValue() throws IOException {
        TeedInputStream teed =
                TeedInputStream.ofBytes(new ByteArrayInputStream(new byte[] {1, 2, 3, 4}), capture, 2L, room);
        teed.read(new byte[100]);
        assertThat(value(teed.reading())).isEqualTo(of(new byte[] {1, 2}));
    }

    @Test
    void skippedBytesMakeItUnknown() throws IOException {
        TeedInputStream teed = TeedInputStream.ofBytes(new ByteArrayInputStream(new byte[9]), capture, WHOLE, room);
        teed.skip(1);
        teed.readAllBytes();
        assertThat(value(teed.reading())).isEqualTo(unread(-1));
    }

    @Test
    void aMarkThatWasSetBeforeMakesItUnknown() throws IOException {
        InputStream application = new ByteArrayInputStream(new byte[] {1, 2, 3});
        application.read();
        TeedInputStream teed = TeedInputStream.ofBytes(application, capture, WHOLE, room);
        teed.read();
        teed.reset();
        assertThat(teed.readAllBytes()).hasSize(3);
        assertThat(value(teed.reading())).isEqualTo(unread(-1));
    }

    @Test
    void withoutRoomAShortStreamIsADigest() throws IOException {
        byte[] content = new byte[900];
        Arrays.fill(content, (byte) 7);
        TeedInputStream teed =
                TeedInputStream.ofBytes(new ByteArrayInputStream(content), capture, WHOLE, new Room(300));
        teed.readAllBytes();
        Value expected = value(new ByteArrayInputStream(content));
        assertThat(value(teed.reading())).isEqualTo(expected);
    }

    /** What an encoder with a smaller limit gives. */
    private static Value value(ByteArrayInputStream content) {
        ByteWriter to = new ByteWriter(16);
        new ValueEncoder(300).putBytes(to, content.readAllBytes());
        return ValueCodec.get(new ByteReader(to.array(), 0, to.length()));
    }

    @Test
    void readInPiecesAReaderIsItsText() throws IOException {
        long seed = Long.getLong("audit.seed", System.nanoTime());
        System.out.println("TeedStreamTest audit.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(random.nextBoolean() ? 40 : 3 * MAX); i > 0; i--) {
                // Halves of pairs, whole pairs, and the rest.
                text.appendCodePoint(random.nextInt(4) == 0 ? 0xD800 + random.nextInt(0x800) : random.nextInt(0x11000));
            }
            String content = text.toString();
            TeedReader teed = new TeedReader(new StringReader(content), capture, WHOLE, new Room(1 << 20));
            assertThat(read(teed, random)).isEqualTo(content);
            assertThat(value(teed.reading())).isEqualTo(of(content));
        }
    }

    private static String read(Reader from, Random random) throws IOException {
        StringBuilder got = new StringBuilder();
        while (true) {
            char[] piece = new char[1 + random.nextInt(200)];
            int count = random.nextInt(5) == 0 ? one(from, piece) : from.read(piece, 0, piece.length);
            if (count < 0) {
                return got.toString();
            }
            got.append(piece, 0, count);
        }
    }

    private static int one(Reader from, char[] to) throws IOException {
        int got = from.read();
        to[0] = (char) got;
        return got < 0 ? -1 : 1;
    }
}
