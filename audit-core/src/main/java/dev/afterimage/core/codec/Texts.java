package dev.afterimage.core.codec;

import org.jspecify.annotations.Nullable;

/** Texts that may be absent: a presence byte, then the text. */
final class Texts {

    private Texts() {}

    static void putNullable(ByteWriter to, @Nullable String text) {
        to.putByte(text == null ? 0 : 1);
        if (text != null) {
            to.putText(text);
        }
    }

    static @Nullable String getNullable(ByteReader from) {
        return from.getByte() == 0 ? null : from.getText();
    }
}
