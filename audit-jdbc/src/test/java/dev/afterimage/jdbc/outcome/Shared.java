package dev.afterimage.jdbc.outcome;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A database that the tests of a class share. */
final class Shared<D extends TestDatabase> {

    private final Supplier<D> opener;
    private @Nullable D database;

    Shared(Supplier<D> opener) {
        this.opener = opener;
    }

    void open() {
        database = opener.get();
    }

    D get() {
        return Objects.requireNonNull(database, "not open");
    }

    void close() {
        get().close();
    }
}
