package dev.afterimage.samples.quickstart;

import dev.afterimage.core.table.TableName;
import javax.sql.DataSource;

/** The three databases of the story: production, its replica, and the audit store on a server of its own. */
interface Databases extends AutoCloseable {

    /** What they are, for people. */
    String description();

    /** The production database, bare. */
    DataSource production();

    String productionUrl();

    String replicaUrl();

    DataSource store();

    String storeUrl();

    /** A table of the office, as the production database spells it. */
    TableName table(String name);

    /** A column, as the production database spells it. */
    String column(String name);

    /** Whether the replica can be held back for a while. */
    boolean canPause();

    /** Holds the replica back and returns the position at which it stands. */
    long pauseReplica();

    void resumeReplica();

    @Override
    void close();
}
