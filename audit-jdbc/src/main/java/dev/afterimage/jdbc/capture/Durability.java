package dev.afterimage.jdbc.capture;

/** {@code audit.durability}: what a captured change survives before the sink has it; from the weakest to the strongest. */
enum Durability {
    MEMORY,
    PROCESS,
    DISK,
    DATABASE;

    boolean isAtLeast(Durability other) {
        return compareTo(other) >= 0;
    }

    static Durability stronger(Durability one, Durability other) {
        return one.isAtLeast(other) ? one : other;
    }
}
