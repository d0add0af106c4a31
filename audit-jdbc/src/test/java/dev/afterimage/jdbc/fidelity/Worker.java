package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.AuditContext;
import dev.afterimage.jdbc.fidelity.World.Product;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A thread of an application: one work after the other, each with a number that both sides of the comparison know. */
final class Worker implements AutoCloseable {

    private final World world;
    private final Sources sources;
    private final List<Step> steps;
    private final List<Step> works;
    private final int weights;
    private final int workWeights;
    private final StepLog log;
    private final Random random;
    private final Work work;
    private final @Nullable Connection[] kept = new Connection[2];

    /**
     * Makes a worker.
     *
     * @param steps for transactions of several steps
     * @param works that bring connections and transactions of their own
     */
    Worker(
            World world,
            Sources sources,
            List<Step> steps,
            List<Step> works,
            StepLog log,
            long seed,
            int thread,
            Map<Long, List<String>> traces) {
        this.world = world;
        this.sources = sources;
        this.steps = steps;
        this.works = works;
        this.weights = steps.stream().mapToInt(Step::weight).sum();
        this.workWeights = works.stream().mapToInt(Step::weight).sum();
        this.log = log;
        this.random = new Random(seed * 31 + thread);
        this.work = new Work(world, random, thread, traces);
    }

    /** Does one work. */
    @SuppressWarnings("try") // The scope is there to be closed.
    void work(long number) throws SQLException {
        work.begin(number);
        try (AuditContext.Scope scope = work.scope()) {
            if (random.nextInt(100) < workWeights) {
                attempt(oneOf(works, workWeights));
            } else {
                onConnection(number);
            }
        }
    }

    private void onConnection(long number) throws SQLException {
        int source = random.nextInt(4);
        work.trace("on connection of kind " + source);
        Connection connection = source < 2 ? sources.pooled(source == 0) : kept(source - 2);
        try {
            world.mark(connection, Long.toString(number));
            work.on(connection);
            if (work.oneIn(6)) {
                autoCommit();
            } else {
                explicit(connection);
            }
        } finally {
            if (source < 2) {
                close(connection);
            } else {
                giveBack(connection, source - 2);
            }
        }
    }

    /** A pool tells about a connection that was aborted. */
    private static void close(Connection connection) throws SQLException {
        try {
            connection.close();
        } catch (SQLException e) {
            if (!String.valueOf(e.getSQLState()).startsWith("08")) {
                throw e;
            }
        }
    }

    private Connection kept(int which) throws SQLException {
        Connection connection = kept[which];
        if (connection == null) {
            connection = sources.kept(which == 1);
            kept[which] = connection;
        }
        return connection;
    }

    private void giveBack(Connection connection, int which) throws SQLException {
        if (connection.isClosed() || work.oneIn(200)) {
            connection.close();
            kept[which] = null;
        } else if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
    }

    private void autoCommit() {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            attempt(oneOf(steps, weights));
        }
    }

    private void explicit(Connection connection) throws SQLException {
        boolean byText = work.oneIn(12);
        if (byText) {
            work.execute(work.is(Product.MARIADB) ? "START TRANSACTION" : "BEGIN");
        } else {
            connection.setAutoCommit(false);
        }
        work.explicit();
        boolean failed = steps(connection, 1 + random.nextInt(5), 2);
        if (failed && work.oneIn(2)) {
            rollBack(connection, byText);
        } else {
            finish(connection, byText);
        }
    }

    private void rollBack(Connection connection, boolean byText) throws SQLException {
        if (byText) {
            work.execute("ROLLBACK");
        } else {
            connection.rollback();
        }
        connection.setAutoCommit(true);
    }

    /** Some steps, with savepoints among them; whether one has failed and not been undone. */
    private boolean steps(Connection connection, int count, int depth) throws SQLException {
        boolean failed = false;
        for (int i = 0; i < count && !(failed && work.is(Product.POSTGRESQL)); i++) {
            if (depth > 0 && work.oneIn(8)) {
                failed |= savepoint(connection, depth);
            } else {
                failed |= !attempt(oneOf(steps, weights));
            }
        }
        return failed;
    }

    private boolean savepoint(Connection connection, int depth) throws SQLException {
        if (connection.getAutoCommit() || work.oneIn(4)) {
            return savepointByText(connection, depth);
        }
        Savepoint savepoint = work.oneIn(2) ? connection.setSavepoint() : connection.setSavepoint("s" + depth);
        boolean failed = steps(connection, 1 + random.nextInt(3), depth - 1);
        try {
            if (failed || work.oneIn(2)) {
                connection.rollback(savepoint);
            } else if (work.oneIn(2)) {
                connection.releaseSavepoint(savepoint);
            }
            return false;
        } catch (SQLException gone) { // A deadlock has taken the savepoint along.
            log.failed("savepoint", gone);
            return true;
        }
    }

    private boolean savepointByText(Connection connection, int depth) throws SQLException {
        String name = "t" + depth;
        work.execute("SAVEPOINT " + name);
        boolean failed = steps(connection, 1 + random.nextInt(3), depth - 1);
        try {
            if (failed || work.oneIn(2)) {
                work.execute("ROLLBACK TO SAVEPOINT " + name);
            } else if (work.oneIn(2)) {
                work.execute("RELEASE SAVEPOINT " + name);
            }
            return false;
        } catch (SQLException gone) {
            log.failed("savepoint by text", gone);
            return true;
        }
    }

    private void finish(Connection connection, boolean byText) throws SQLException {
        int way = random.nextInt(30);
        work.trace("ends in way " + way);
        if (byText) {
            work.execute(way < 22 ? "COMMIT" : "ROLLBACK");
            connection.setAutoCommit(true);
        } else if (way < 17) {
            connection.commit();
        } else if (way < 20) {
            connection.rollback();
        } else if (way < 22) {
            work.execute("COMMIT");
        } else if (way < 23) {
            work.execute("ROLLBACK");
        } else if (way < 26) {
            connection.setAutoCommit(true);
        } else if (way < 27) {
            connection.close();
        } else if (way < 28 && work.oneIn(4)) {
            connection.abort(Runnable::run);
        } else {
            commitAndGoOn(connection);
        }
    }

    /** Another transaction of the same work. */
    private void commitAndGoOn(Connection connection) throws SQLException {
        if (work.is(Product.H2) || work.oneIn(2)) {
            connection.commit();
        } else {
            work.execute("COMMIT AND CHAIN");
        }
        steps(connection, 2, 1);
        connection.commit();
    }

    private boolean attempt(Step step) {
        try {
            work.trace(step.name());
            step.body().run(work);
            log.done(step.name());
            return true;
        } catch (SQLException e) {
            work.trace(e.toString());
            log.failed(step.name(), e);
            return false;
        }
    }

    private Step oneOf(List<Step> choices, int total) {
        int at = random.nextInt(total);
        for (Step step : choices) {
            at -= step.weight();
            if (at < 0) {
                return step;
            }
        }
        throw new AssertionError();
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : kept) {
            if (connection != null) {
                connection.close();
            }
        }
    }
}
