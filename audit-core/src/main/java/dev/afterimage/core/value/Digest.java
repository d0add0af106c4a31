package dev.afterimage.core.value;

import java.util.Objects;

/**
 * Stands for a value that was too large to carry whole.
 *
 * @param length length of the whole value, in bytes (binary) or UTF-16 units (text); -1 where the driver never told
 * @param sha256 hexadecimal SHA-256 of the whole value (text as UTF-8); empty where the value was not read whole
 * @param prefix the first part of the value: the text itself, or binary as hexadecimal digits
 */
public record Digest(long length, String sha256, String prefix) {
    public Digest {
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(prefix, "prefix");
    }
}
