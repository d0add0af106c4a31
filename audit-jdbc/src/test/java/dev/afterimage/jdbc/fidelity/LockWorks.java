package dev.afterimage.jdbc.fidelity;

import dev.afterimage.jdbc.fidelity.World.Product;
import dev.afterimage.jdbc.fixture.Poll;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Works that meet on a row: a statement cancelled while it waits, and a deadlock with one victim. */
final class LockWorks {

    private final World world;
    private final Sources sources;

    LockWorks(World world, Sources sources) {
        this.world = world;
        this.sources = sources;
    }

    List<Step> of(Product product) {
        return switch (product) {
            case POSTGRESQL ->
                List.of(new Step("cancelled", 1, this::cancelled), new Step("deadlock", 1, this::deadlock));
            case MARIADB -> List.of(new Step("deadlock", 1, this::deadlock));
            case H2 -> List.of(); // It can spin in a deadlock for ever.
        };
    }

    private Connection begin(Work w) throws SQLException {
        Connection connection = sources.pooled(true);
        world.mark(connection, w.number());
        connection.setAutoCommit(false);
        return connection;
    }

    private static int change(Connection connection, int id, String name) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE item SET name = ? WHERE id = ?")) {
            update.setString(1, name);
            update.setInt(2, id);
            return update.executeUpdate();
        }
    }

    private void makeRows(Work w, int... ids) throws SQLException {
        try (Connection connection = begin(w);
                Statement statement = connection.createStatement()) {
            for (int id : ids) {
                statement.executeUpdate("DELETE FROM item WHERE id = " + id);
                statement.executeUpdate("INSERT INTO item (id, name) VALUES (" + id + ", 'met')");
            }
            connection.commit();
        }
    }

    /** The waiting one has changed another row before: that is undone too, unless there is a savepoint. */
    private void cancelled(Work w) throws SQLException {
        int id = 800_000 + w.thread;
        makeRows(w, id, id + 100);
        try (Connection holder = begin(w);
                Connection waiting = begin(w);
                Statement statement = waiting.createStatement()) {
            change(holder, id, w.word());
            change(waiting, id + 100, w.word());
            boolean rescued = w.oneIn(2);
            if (rescued) {
                statement.execute("SAVEPOINT before_the_wait");
            }
            int session = session(waiting);
            CompletableFuture<Integer> blocked =
                    inBackground(w, () -> statement.executeUpdate("UPDATE item SET name = 'never' WHERE id = " + id));
            awaitBlocked(session);
            statement.cancel();
            if (!fails(blocked)) {
                throw new AssertionError("A cancelled statement has succeeded");
            }
            if (rescued) {
                statement.execute("ROLLBACK TO SAVEPOINT before_the_wait");
            }
            // In the order of their first changes, in which the database's side of the comparison has them.
            holder.commit();
            waiting.commit();
        }
    }

    /** One of the two is chosen to fail; the other goes on. */
    private void deadlock(Work w) throws SQLException {
        int id = 700_000 + w.thread;
        makeRows(w, id, id + 100);
        try (Connection one = begin(w);
                Connection other = begin(w)) {
            change(one, id, w.word());
            change(other, id + 100, w.word());
            CompletableFuture<Integer> blocked = inBackground(w, () -> change(one, id + 100, "one"));
            boolean otherFails = false;
            try {
                change(other, id, "other");
            } catch (SQLException chosen) {
                otherFails = true;
            }
            // The victim's rollback, or its commit, lets the other one go on.
            if (otherFails) {
                other.commit();
                fails(blocked);
                one.commit();
            } else {
                if (!fails(blocked)) {
                    throw new AssertionError("A deadlock without a victim");
                }
                one.rollback();
                other.commit();
            }
        }
    }

    /** A call of JDBC that another thread makes, as the same actor. */
    @FunctionalInterface
    private interface Call {
        int run() throws SQLException;
    }

    @SuppressWarnings("try") // The scope is there to be closed.
    private static CompletableFuture<Integer> inBackground(Work w, Call call) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try (var scope = w.scope()) {
                result.complete(call.run());
            } catch (SQLException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        thread.start();
        return result;
    }

    private static boolean fails(CompletableFuture<Integer> call) {
        try {
            call.get();
            return false;
        } catch (ExecutionException expected) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void awaitBlocked(int session) throws SQLException {
        try (Connection bare = world.bare().getConnection();
                PreparedStatement blockers = bare.prepareStatement("SELECT cardinality(pg_blocking_pids(?))")) {
            blockers.setInt(1, session);
            Poll.until("the statement waits for the row", () -> {
                try (ResultSet row = blockers.executeQuery()) {
                    return row.next() && row.getInt(1) > 0;
                }
            });
        }
    }
}
