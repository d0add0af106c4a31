package dev.afterimage.core.journal;

import dev.afterimage.core.spool.PrivateFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records that were kept back for so long that the ring needed their room. They are only appended; when none of them is
 * kept back any more, the file is emptied.
 *
 * <pre>
 *   position 8 | length 4 | CRC32C of the rest 4 | the record
 * </pre>
 */
final class Parked {

    private static final int HEAD_BYTES = 16;
    private static final int LENGTH_AT = 8;
    private static final int CHECKSUM_AT = 12;

    private final Path file;
    private final Set<Long> positions = new HashSet<>();
    private @Nullable RandomAccessFile open;
    private long length;

    Parked(Path file) {
        this.file = file;
    }

    boolean has(long position) {
        return positions.contains(position);
    }

    void add(long position, byte[] record) throws IOException {
        RandomAccessFile to = open;
        if (to == null) {
            to = PrivateFiles.open(file);
            open = to;
        }
        byte[] frame = new byte[HEAD_BYTES + record.length];
        ByteBuffer head = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(0, position).putInt(LENGTH_AT, record.length);
        System.arraycopy(record, 0, frame, HEAD_BYTES, record.length);
        head.putInt(CHECKSUM_AT, checksum(frame, 0, record.length));
        PrivateFiles.write(to, length, frame, frame.length);
        length += frame.length;
        positions.add(position);
    }

    /** Says which records are still kept back. */
    void keepOnly(Collection<Long> open) throws IOException {
        if (!positions.isEmpty() && positions.retainAll(Set.copyOf(open)) && positions.isEmpty() && this.open != null) {
            this.open.setLength(0);
            length = 0;
        }
    }

    void force() throws IOException {
        if (open != null) {
            open.getFD().sync();
        }
    }

    void delete() throws IOException {
        if (open != null) {
            open.close();
        }
        Files.deleteIfExists(file);
    }

    /** The records in a file, by position; those after a damaged one are not found. */
    static Map<Long, byte[]> read(Path file) throws IOException {
        Map<Long, byte[]> found = new HashMap<>();
        if (!Files.exists(file)) {
            return found;
        }
        try (RandomAccessFile from = new RandomAccessFile(file.toFile(), "r")) {
            byte[] head = new byte[HEAD_BYTES];
            for (long at = 0; PrivateFiles.read(from, at, head, 0, HEAD_BYTES) == HEAD_BYTES; ) {
                ByteBuffer in = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
                int length = in.getInt(LENGTH_AT);
                if (length < 0 || length > from.length() - at - HEAD_BYTES) {
                    break;
                }
                byte[] frame = new byte[HEAD_BYTES + length];
                PrivateFiles.read(from, at, frame, 0, frame.length);
                if (checksum(frame, 0, length) != in.getInt(CHECKSUM_AT)) {
                    break;
                }
                byte[] record = new byte[length];
                System.arraycopy(frame, HEAD_BYTES, record, 0, length);
                found.put(in.getLong(0), record);
                at += frame.length;
            }
        }
        return found;
    }

    private static int checksum(byte[] frame, int at, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(frame, at, CHECKSUM_AT);
        checksum.update(frame, at + HEAD_BYTES, length);
        return (int) checksum.getValue();
    }
}
