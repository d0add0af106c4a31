package dev.afterimage.jdbc.outcome;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Something at the database that may fail, on a thread of its own. */
final class Attempt {

    /** What is attempted. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    private final CompletableFuture<Boolean> done;

    private Attempt(CompletableFuture<Boolean> done) {
        this.done = done;
    }

    static Attempt start(Work work) {
        return new Attempt(CompletableFuture.supplyAsync(
                () -> {
                    try {
                        work.run();
                        return true;
                    } catch (SQLException e) {
                        return false;
                    }
                },
                Attempt::inAThreadOfItsOwn));
    }

    /** Whether it succeeded. */
    boolean await() throws Exception {
        return done.get(60, TimeUnit.SECONDS);
    }

    /** From JDK 25 on the common pool has a single thread on two cores: one attempt would wait for the other. */
    private static void inAThreadOfItsOwn(Runnable attempt) {
        Thread thread = new Thread(attempt, "attempt");
        thread.setDaemon(true);
        thread.start();
    }
}
