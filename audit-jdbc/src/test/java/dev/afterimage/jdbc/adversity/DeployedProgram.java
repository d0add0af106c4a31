package dev.afterimage.jdbc.adversity;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.event.Change;
import dev.afterimage.jdbc.AuditDataSource;
import dev.afterimage.jdbc.AuditDriver;
import dev.afterimage.jdbc.outcome.GatedSink;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.h2.jdbcx.JdbcDataSource;

/** An application with a class loader of its own, which works a little and ends in good order. */
public final class DeployedProgram {

    private DeployedProgram() {}

    /**
     * Lives its life.
     *
     * @param wayIn {@code driver} for a {@code jdbc:audit:} URL, else a data source
     * @param directory of the journal
     */
    public static String run(String wayIn, String directory) throws SQLException {
        try {
            return wayIn.equals("driver") ? byDriver(directory) : byDataSource(directory);
        } finally {
            leave();
        }
    }

    private static String byDataSource(String directory) throws SQLException {
        GatedSink sink = new GatedSink();
        AuditTrail trail = AuditTrail.start(
                AuditConfiguration.of(Map.of("audit.spool.directory", directory, "audit.durability", "disk")), sink);
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:deployed");
        try (Connection connection =
                Objects.requireNonNull(AuditDataSource.wrap(database, trail).getConnection())) {
            work(connection);
            trail.close();
        }
        return sink.events().stream().filter(Change.class::isInstance).count() + " changes";
    }

    /** The trail that the driver starts gets its settings from the system, and its sink from the class path. */
    private static String byDriver(String directory) throws SQLException {
        System.setProperty("audit.spool.directory", directory);
        System.setProperty("audit.sink", "collecting");
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        thread.setContextClassLoader(DeployedProgram.class.getClassLoader()); // As an application server does.
        DriverManager.registerDriver(new org.h2.Driver());
        try (Connection connection =
                Objects.requireNonNull(new AuditDriver().connect("jdbc:audit:h2:mem:deployed", new Properties()))) {
            work(connection);
        } finally {
            thread.setContextClassLoader(context);
        }
        return "10 changes";
    }

    private static void work(Connection connection) throws SQLException {
        connection.createStatement().execute("create table t (id int primary key)");
        for (int id = 0; id < 10; id++) {
            connection.createStatement().execute("insert into t values (" + id + ")");
        }
    }

    /** What application servers do for those who forget it. */
    private static void leave() throws SQLException {
        List<Driver> own = DriverManager.drivers()
                .filter(driver -> driver.getClass().getClassLoader() == DeployedProgram.class.getClassLoader())
                .sorted(Comparator.comparing(driver -> !(driver instanceof AuditDriver))) // It still asks the database.
                .toList();
        for (Driver driver : own) {
            DriverManager.deregisterDriver(driver);
        }
    }
}
