package dev.afterimage.jdbc;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** The driver that its class has registered, and the trail of the whole JVM behind it. */
public final class RegisteredDriver {

    private RegisteredDriver() {}

    /** Deregisters it, as an application server does with an application; then puts it back for the next test. */
    public static void endTrail() throws SQLException {
        List<Driver> registered =
                DriverManager.drivers().filter(AuditDriver.class::isInstance).toList();
        for (Driver driver : registered) {
            DriverManager.deregisterDriver(driver);
        }
        AuditDriver.register();
    }
}
