package dev.afterimage.core.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What can be told of a transaction record without reading its entries, and the checksum by which a whole one is known
 * from what a crash has left. The package page draws it.
 */
public final class RecordHead {

    /** Length of a record's head. */
    public static final int BYTES = 40;

    static final int CHECKSUM_AT = 32;
    static final int LAST_PART = 1;
    static final int CONCLUDES = 8;

    private static final int FLAGS_AT = 1;
    private static final int STAGE_SHIFT = 1;
    private static final int STAGE_MASK = 3;
    private static final int SOURCE_AT = 2;
    private static final int NUMBER_AT = 8;
    private static final int ASKED_AT = 16;

    private RecordHead() {}

    static int flags(Stage stage, boolean last) {
        return (last ? LAST_PART : 0) | Codes.of(stage) << STAGE_SHIFT;
    }

    static Stage stageOf(int flags) {
        return Codes.at(Stage.values(), flags >> STAGE_SHIFT & STAGE_MASK);
    }

    private static ByteBuffer in(byte[] record) {
        return ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What it says of its transaction's outcome. */
    public static Stage stage(byte[] record) {
        return stageOf(record[FLAGS_AT]);
    }

    /** Whether it only tells the outcome of a transaction whose entries were announced. */
    public static boolean concludes(byte[] record) {
        return (record[FLAGS_AT] & CONCLUDES) != 0;
    }

    /** The transaction's number in its process. */
    public static long number(byte[] record) {
        return in(record).getLong(NUMBER_AT);
    }

    /** The number of its data source in its process. */
    public static int source(byte[] record) {
        return in(record).getShort(SOURCE_AT) & 0xFFFF;
    }

    /** Gives the data source another number: that of the process that reads the record. */
    public static void source(byte[] record, int source) {
        in(record).putShort(SOURCE_AT, (short) source);
    }

    /** Makes an announced record one with the outcome, and the times, that a conclusion tells. */
    public static void conclude(byte[] announced, byte[] conclusion) {
        stage(announced, stage(conclusion));
        System.arraycopy(conclusion, ASKED_AT, announced, ASKED_AT, CHECKSUM_AT - ASKED_AT);
    }

    /** Gives a record another outcome. */
    public static void stage(byte[] record, Stage stage) {
        record[FLAGS_AT] = (byte) flags(stage, (record[FLAGS_AT] & LAST_PART) != 0);
    }

    // ---- the checksum

    /** Writes the checksum of a whole record into its head. */
    public static void seal(byte[] record, int length, CRC32C checksum) {
        in(record).putInt(CHECKSUM_AT, sealOf(record, length, checksum));
    }

    /** Whether a sealed record is as it was sealed. */
    public static boolean isWhole(byte[] record, CRC32C checksum) {
        if (record.length < BYTES) {
            return false;
        }
        return in(record).getInt(CHECKSUM_AT) == sealOf(record, record.length, checksum);
    }

    /** What seals a record; never 0, which says that it is not sealed. */
    static int sealOf(byte[] record, int length, CRC32C checksum) {
        checksum.reset();
        checksum.update(record, 0, CHECKSUM_AT);
        checksum.update(record, BYTES, length - BYTES);
        return (int) checksum.getValue() | 1;
    }
}
