package dev.afterimage.jmh.driver;

import java.sql.DatabaseMetaData;

/** Says that it is H2, because that is where the wrappers' own connections go. {@link Idle} finishes it. */
abstract class IdleMetaData implements DatabaseMetaData {

    @Override
    public String getDatabaseProductName() {
        return "H2";
    }

    @Override
    public int getDatabaseMajorVersion() {
        return 2;
    }

    @Override
    public String getURL() {
        return "jdbc:h2:mem:idle";
    }

    @Override
    public String getUserName() {
        return "sa";
    }
}
