package dev.afterimage.core;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * Draws the number of a process start: containers that start at the same moment, with the same process id and the same
 * host name, must not draw the same one, so it comes from the machine's own source of random bytes.
 */
final class InstanceNumber {

    /** Never blocks, and needs none of the classes of Java's security providers, which would be loaded only for this. */
    private static final String RANDOM_BYTES = "/dev/urandom";

    private InstanceNumber() {}

    static long draw() {
        try (InputStream in = new FileInputStream(RANDOM_BYTES)) {
            byte[] bytes = in.readNBytes(Long.BYTES);
            if (bytes.length == Long.BYTES) {
                return ByteBuffer.wrap(bytes).getLong();
            }
        } catch (IOException | SecurityException notThere) {
            // Not a Unix machine, or one that hides it.
        }
        return new SecureRandom().nextLong();
    }
}
