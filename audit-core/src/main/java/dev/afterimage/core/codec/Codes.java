package dev.afterimage.core.codec;

/** Enum constants as numbers: their ordinals, since constants of the written enums are only ever added at the end. */
final class Codes {

    private Codes() {}

    @SuppressWarnings("EnumOrdinal") // the rule above is what makes it safe
    static int of(Enum<?> constant) {
        return constant.ordinal();
    }

    static <E extends Enum<E>> E at(E[] constants, int code) {
        if (code >= constants.length) {
            throw new CorruptRecordException("code=" + code + " constants=" + constants.length);
        }
        return constants[code];
    }
}
