package dev.afterimage.core.spool;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** A few bytes that tell what they are and end in their own checksum: a segment's header, the mark in the lock file. */
final class Sealed {

    private static final int VERSION_AT = 4;
    private static final int CONTENT_AT = 8;

    private final int magic;
    private final int version;
    private final int checksumAt;

    Sealed(String magic, int version, int contentBytes) {
        this.magic = magic.charAt(0) | magic.charAt(1) << 8 | magic.charAt(2) << 16 | magic.charAt(3) << 24;
        this.version = version;
        this.checksumAt = CONTENT_AT + contentBytes;
    }

    int bytes() {
        return checksumAt + Integer.BYTES;
    }

    byte[] seal(long... content) {
        ByteBuffer to = ByteBuffer.allocate(bytes()).order(ByteOrder.LITTLE_ENDIAN);
        to.putInt(magic).putInt(version);
        for (long word : content) {
            to.putLong(word);
        }
        to.putInt(checksumAt, checksum(to.array()));
        return to.array();
    }

    /** Whether the bytes are as they were sealed, whatever their version. */
    boolean isWhole(byte[] bytes, int length) {
        return length >= bytes() && in(bytes).getInt(0) == magic && in(bytes).getInt(checksumAt) == checksum(bytes);
    }

    int versionOf(byte[] bytes) {
        return in(bytes).getInt(VERSION_AT);
    }

    int version() {
        return version;
    }

    long content(byte[] bytes, int word) {
        return in(bytes).getLong(CONTENT_AT + word * Long.BYTES);
    }

    private static ByteBuffer in(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, checksumAt);
        return (int) checksum.getValue();
    }
}
