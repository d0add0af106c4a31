package dev.afterimage.jdbc.outcome;

import static dev.afterimage.jdbc.outcome.TestDatabase.Product.H2;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.MARIADB;
import static dev.afterimage.jdbc.outcome.TestDatabase.Product.POSTGRESQL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterimage.core.event.Gap;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Branches of distributed transactions, driven as a transaction manager drives them. */
abstract class BranchCases extends Cases {

    private static final int ALL = XAResource.TMSTARTRSCAN | XAResource.TMENDRSCAN;

    private final TestXid xid = new TestXid();
    private final XADataSource source;
    private final XAConnection physical;
    private final XAResource resource;

    BranchCases(TestDatabase database) throws SQLException {
        super(database);
        source = trial().xaDataSource();
        physical = source.getXAConnection();
        resource = physical.getXAResource();
    }

    @AfterEach
    final void rollBackWhatIsPrepared() throws Exception {
        physical.close();
        if (is(H2)) {
            return; // Nothing of a branch is left there.
        }
        XAConnection cleaner = database().xaDataSource().getXAConnection();
        for (Xid left : cleaner.getXAResource().recover(ALL)) {
            endsOnceLetGo(() -> cleaner.getXAResource().rollback(left));
        }
        cleaner.close();
    }

    /** The end of a branch. */
    @FunctionalInterface
    private interface End {
        void ask() throws XAException, SQLException;
    }

    /** MariaDB takes a moment to let go of what a closed connection has prepared. */
    private void endsOnceLetGo(End end) {
        Awaitility.await().ignoreExceptionsMatching(e -> is(MARIADB)).until(() -> {
            end.ask();
            return true;
        });
    }

    private void work(String... texts) throws Exception {
        resource.start(xid, XAResource.TMNOFLAGS);
        run(physical.getConnection(), texts);
        resource.end(xid, XAResource.TMSUCCESS);
    }

    @Test
    void onePhase() throws Exception {
        work(insert(1), insert(2));
        assertThat(trial().told()).isEmpty();
        resource.commit(xid, true);
        assertThat(trial().told()).containsExactly("INSERT item 1 'n1'", "INSERT item 2 'n2'");
        assertThat(trial().changes().get(1).transaction().number())
                .isEqualTo(trial().changes().get(0).transaction().number());
        trial().agrees();
    }

    @Test
    void twoPhases() throws Exception {
        work(insert(1));
        assertThat(resource.prepare(xid)).isEqualTo(XAResource.XA_OK);
        assertThat(trial().told()).isEmpty();
        resource.commit(xid, false);
        assertThat(trial().told()).containsExactly("INSERT item 1 'n1'");
        trial().agrees();
    }

    @Test
    void rollbackBeforePrepare() throws Exception {
        work(insert(1));
        resource.rollback(xid);
        run(physical.getConnection(), insert(2));
        assertThat(trial().told()).containsExactly("INSERT item 2 'n2'");
        trial().agrees();
    }

    @Test
    void rollbackAfterPrepare() throws Exception {
        work(insert(1));
        resource.prepare(xid);
        resource.rollback(xid);
        run(physical.getConnection(), insert(2));
        assertThat(trial().told()).containsExactly("INSERT item 2 'n2'");
        trial().agrees();
    }

    @Test
    void rollbackOfAFailedBranch() throws Exception {
        resource.start(xid, XAResource.TMNOFLAGS);
        run(physical.getConnection(), insert(1));
        resource.end(xid, XAResource.TMFAIL);
        resource.rollback(xid);
        assertThat(trial().told()).isEmpty();
        trial().agrees();
    }

    @Test
    void oneBranchAfterTheOther() throws Exception {
        Connection handle = physical.getConnection();
        TestXid[] branches = {new TestXid(), new TestXid(), new TestXid()};
        for (int i = 0; i < branches.length; i++) {
            resource.start(branches[i], XAResource.TMNOFLAGS);
            run(handle, insert(i));
            resource.end(branches[i], XAResource.TMSUCCESS);
            switch (i) {
                case 0 -> resource.commit(branches[i], true);
                case 1 -> resource.rollback(branches[i]);
                default -> {
                    resource.prepare(branches[i]);
                    resource.commit(branches[i], false);
                }
            }
        }
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void workOutsideOfAnyBranch() throws Exception {
        run(physical.getConnection(), insert(1));
        assertThat(trial().told()).hasSize(1);
        work(insert(2));
        // H2 goes back to autocommit with the handle that was there before.
        assertThat(trial().told()).hasSize(is(H2) ? 2 : 1);
        resource.commit(xid, true);
        Connection handle = physical.getConnection();
        run(handle, insert(3));
        assertThat(trial().told()).hasSize(3);
        handle.setAutoCommit(false);
        run(handle, insert(4));
        handle.rollback();
        run(handle, insert(5));
        handle.commit();
        trial().agrees();
    }

    @Test
    void severalHandlesInOneBranch() throws Exception {
        resource.start(xid, XAResource.TMNOFLAGS);
        for (int id = 1; id <= 3; id++) {
            try (Connection handle = physical.getConnection()) {
                run(handle, insert(id));
            }
        }
        resource.end(xid, XAResource.TMSUCCESS);
        resource.commit(xid, true);
        // H2 rolls back with the first handle, and goes on under autocommit.
        assertThat(trial().told()).hasSize(is(H2) ? 2 : 3);
        trial().agrees();
    }

    @Test
    void theHandleIsClosedBeforeTheEnd() throws Exception {
        Assumed.not(is(H2), "H2 rolls back with the handle, and cannot commit what is left of the branch");
        Connection handle = physical.getConnection();
        resource.start(xid, XAResource.TMNOFLAGS);
        run(handle, insert(1));
        resource.end(xid, XAResource.TMSUCCESS);
        handle.close();
        resource.prepare(xid);
        resource.commit(xid, false);
        assertThat(trial().told()).hasSize(1);
        trial().agrees();
    }

    @Test
    void aHandleFromBeforeTheBranch() throws Exception {
        Connection handle = physical.getConnection();
        run(handle, insert(1));
        resource.start(xid, XAResource.TMNOFLAGS);
        run(handle, insert(2));
        resource.end(xid, XAResource.TMSUCCESS);
        assertThat(trial().told()).hasSize(1);
        resource.commit(xid, true);
        run(handle, insert(3));
        assertThat(trial().told()).hasSize(3);
        trial().agrees();
    }

    @Test
    void localWorkOfAHandleGoesOn() throws Exception {
        Connection handle = physical.getConnection();
        handle.setAutoCommit(false);
        run(handle, insert(1));
        handle.close();
        Connection next = physical.getConnection();
        run(next, insert(2));
        if (!next.getAutoCommit()) {
            next.commit();
        }
        if (is(POSTGRESQL)) {
            // The driver has ended it when it gave out the handle.
            assertThat(trial().told()).containsExactly("INSERT item 1 'n1' in doubt", "INSERT item 2 'n2'");
        } else {
            trial().agrees();
        }
    }

    @Test
    void suspendAndResume() throws Exception {
        only(H2);
        resource.start(xid, XAResource.TMNOFLAGS);
        Connection handle = physical.getConnection();
        run(handle, insert(1));
        resource.end(xid, XAResource.TMSUSPEND);
        resource.start(xid, XAResource.TMRESUME);
        run(handle, insert(2));
        resource.end(xid, XAResource.TMSUCCESS);
        resource.commit(xid, true);
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void aRefusedSuspendChangesNothing() throws Exception {
        Assumed.not(is(H2), "H2 suspends");
        resource.start(xid, XAResource.TMNOFLAGS);
        Connection handle = physical.getConnection();
        run(handle, insert(1));
        assertThatThrownBy(() -> resource.end(xid, XAResource.TMSUSPEND)).isInstanceOf(XAException.class);
        assertThatThrownBy(() -> resource.start(new TestXid(), XAResource.TMNOFLAGS))
                .isInstanceOf(XAException.class);
        run(handle, insert(2));
        resource.end(xid, XAResource.TMSUCCESS);
        resource.commit(xid, true);
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void joined() throws Exception {
        Assumed.not(is(MARIADB), "MariaDB refuses JOIN");
        work(insert(1));
        resource.start(xid, XAResource.TMJOIN);
        run(physical.getConnection(), insert(2));
        resource.end(xid, XAResource.TMSUCCESS);
        resource.commit(xid, true);
        // H2 has rolled back when it gave out the second handle.
        assertThat(trial().told()).hasSize(is(H2) ? 1 : 2);
        trial().agrees();
    }

    @Test
    void recoveredAndCommittedByAnotherConnection() throws Exception {
        Assumed.not(is(H2), "in H2 a prepared transaction ends with its connection");
        work(insert(1));
        resource.prepare(xid);
        physical.close();
        assertThat(trial().told()).isEmpty();
        XAConnection other = source.getXAConnection();
        Xid[] recovered = other.getXAResource().recover(ALL);
        assertThat(recovered).hasSize(1);
        endsOnceLetGo(() -> other.getXAResource().commit(recovered[0], false));
        other.close();
        assertThat(trial().told()).containsExactly("INSERT item 1 'n1'");
        trial().agrees();
    }

    @Test
    void recoveredAndRolledBackByAnotherConnection() throws Exception {
        Assumed.not(is(H2), "in H2 a prepared transaction ends with its connection");
        work(insert(1));
        resource.prepare(xid);
        physical.close();
        XAConnection other = source.getXAConnection();
        endsOnceLetGo(() -> other.getXAResource().rollback(other.getXAResource().recover(ALL)[0]));
        other.close();
        assertThat(trial().told()).isEmpty();
        assertThat(endOf(trial())).isEmpty();
        assertThat(trial().happened()).isEmpty();
    }

    @Test
    void committedByAnotherConnectionWhileTheFirstIsOpen() throws Exception {
        Assumed.not(is(MARIADB), "MariaDB asks for the connection that has prepared");
        work(insert(1));
        resource.prepare(xid);
        XAConnection other = source.getXAConnection();
        other.getXAResource().commit(xid.again(), false);
        other.close();
        assertThat(trial().told()).containsExactly("INSERT item 1 'n1'");
        trial().agrees();
    }

    @Test
    void anUnknownBranchElsewhereIsStillPreparedHere() throws Exception {
        only(MARIADB);
        work(insert(1));
        resource.prepare(xid);
        XAConnection other = source.getXAConnection();
        assertThatThrownBy(() -> other.getXAResource().commit(xid.again(), false))
                .isInstanceOf(XAException.class);
        other.close();
        assertThat(trial().told()).isEmpty();
        resource.commit(xid, false);
        trial().agrees();
    }

    @Test
    void anotherConnectionRollsBackNothingInH2() throws Exception {
        only(H2);
        work(insert(1));
        resource.prepare(xid);
        XAConnection other = source.getXAConnection();
        other.getConnection();
        other.getXAResource().rollback(xid.again());
        other.close();
        resource.commit(xid, false);
        assertThat(trial().told()).hasSize(1);
        trial().agrees();
    }

    @Test
    void h2RollsBackWhatIsPreparedWithItsConnection() throws Exception {
        only(H2);
        work(insert(1));
        resource.prepare(xid);
        physical.close();
        assertThat(endOf(trial())).isEmpty();
        assertThat(trial().happened()).isEmpty();
    }

    /** A branch of another process, or of this one before it was restarted. */
    private void prepareElsewhere() throws Exception {
        XAConnection bare = database().xaDataSource().getXAConnection();
        bare.getXAResource().start(xid, XAResource.TMNOFLAGS);
        run(bare.getConnection(), insert(1));
        bare.getXAResource().end(xid, XAResource.TMSUCCESS);
        bare.getXAResource().prepare(xid);
        if (!is(H2)) {
            bare.close();
        }
    }

    @Test
    void commitOfABranchThatWasPreparedElsewhere() throws Exception {
        prepareElsewhere();
        endsOnceLetGo(() -> resource.commit(xid, false));
        assertThat(trial().told()).containsExactly("GAP PREPARED_TRANSACTION");
        assertThat(((Gap) trial().events().get(0)).detail()).contains("4711:");
        assertThat(trial().happened()).hasSize(1);
    }

    @Test
    void rollbackOfABranchThatWasPreparedElsewhere() throws Exception {
        Assumed.not(is(H2), "H2 rolls back nothing from another connection");
        prepareElsewhere();
        endsOnceLetGo(() -> resource.rollback(xid));
        assertThat(trial().told()).isEmpty();
        trial().agrees();
    }

    @Test
    void endedByAnotherProcess() throws Exception {
        only(POSTGRESQL);
        work(insert(1));
        resource.prepare(xid);
        XAConnection bare = database().xaDataSource().getXAConnection();
        bare.getXAResource().commit(xid, false);
        bare.close();
        assertThatThrownBy(() -> resource.commit(xid, false)).isInstanceOf(XAException.class);
        assertThat(trial().told()).containsExactly("INSERT item 1 'n1'" + (isInOutbox() ? "" : " in doubt"));
    }

    @Test
    void aBranchThatOnlyReads() throws Exception {
        work("SELECT * FROM item");
        resource.prepare(xid);
        resource.commit(xid, false);
        assertThat(trial().told()).isEmpty();
    }

    @Test
    void aBranchWithoutAHandle() throws Exception {
        resource.start(xid, XAResource.TMNOFLAGS);
        resource.end(xid, XAResource.TMSUCCESS);
        resource.prepare(xid);
        resource.commit(xid, false);
        assertThat(trial().told()).isEmpty();
    }

    @Test
    void theTrailEndsBeforeThePreparedBranch() throws Exception {
        work(insert(1), insert(2));
        resource.prepare(xid);
        List<String> told = endOf(trial());
        resource.commit(xid, false);
        if (isInOutbox()) { // The record is prepared too.
            assertThat(told).isEmpty();
            assertThat(retry(Map.of()).told()).containsExactly("INSERT item 1 'n1'", "INSERT item 2 'n2'");
        } else {
            assertThat(told)
                    .containsExactlyInAnyOrder(
                            "INSERT item 1 'n1' in doubt", "INSERT item 2 'n2' in doubt", "GAP PREPARED_TRANSACTION");
        }
    }

    private static List<String> endOf(Trial trial) {
        trial.close();
        return trial.arrived();
    }

    @Test
    void theConnectionIsClosedBeforePrepare() throws Exception {
        work(insert(1));
        physical.close();
        assertThat(endOf(trial())).isEmpty();
        assertThat(trial().happened()).isEmpty();
    }

    @Test
    void prepareOfABranchWithAFailedStatement() throws Exception {
        resource.start(xid, XAResource.TMNOFLAGS);
        Connection handle = physical.getConnection();
        run(handle, insert(1));
        fails(handle, insert(1));
        resource.end(xid, XAResource.TMSUCCESS);
        resource.prepare(xid);
        if (is(POSTGRESQL)) {
            assertThatThrownBy(() -> resource.commit(xid, false)).isInstanceOf(XAException.class);
        } else {
            resource.commit(xid, false);
        }
        assertThat(trial().told()).hasSize(is(POSTGRESQL) ? 0 : 1);
        trial().agrees();
    }

    @Test
    void onePhaseOfABranchWithAFailedStatement() throws Exception {
        resource.start(xid, XAResource.TMNOFLAGS);
        Connection handle = physical.getConnection();
        run(handle, insert(1));
        fails(handle, insert(1));
        resource.end(xid, XAResource.TMSUCCESS);
        resource.commit(xid, true);
        assertThat(trial().told()).hasSize(is(POSTGRESQL) ? 0 : 1);
        trial().agrees();
    }

    private void violateAtTheEnd() throws Exception {
        try (Connection bare = database().dataSource().getConnection()) {
            run(bare, "ALTER TABLE item ADD parent INT REFERENCES item DEFERRABLE INITIALLY DEFERRED");
        }
        work("INSERT INTO item VALUES (1, 'n1', 99)");
    }

    @Test
    void aPrepareThatTheDatabaseRefuses() throws Exception {
        only(POSTGRESQL);
        violateAtTheEnd();
        assertThatThrownBy(() -> resource.prepare(xid)).isInstanceOf(XAException.class);
        assertThat(endOf(trial())).isEmpty();
        assertThat(trial().happened()).isEmpty();
    }

    @Test
    void anOnlyPhaseThatTheDatabaseRefuses() throws Exception {
        only(POSTGRESQL);
        violateAtTheEnd();
        assertThatThrownBy(() -> resource.commit(xid, true)).isInstanceOf(XAException.class);
        assertThat(endOf(trial())).isEmpty();
        assertThat(trial().happened()).isEmpty();
    }

    @Test
    void callsOutOfPlaceChangeNothing() throws Exception {
        Assumed.not(is(H2), "H2 knows no place");
        resource.start(xid, XAResource.TMNOFLAGS);
        Connection handle = physical.getConnection();
        run(handle, insert(1));
        assertThatThrownBy(() -> resource.commit(xid, true)).isInstanceOf(XAException.class);
        assertThatThrownBy(() -> resource.prepare(xid)).isInstanceOf(XAException.class);
        assertThatThrownBy(() -> resource.start(xid, XAResource.TMNOFLAGS)).isInstanceOf(XAException.class);
        run(handle, insert(2));
        resource.end(xid, XAResource.TMSUCCESS);
        resource.prepare(xid);
        resource.commit(xid, false);
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void savepointsInABranch() throws Exception {
        work(insert(1), "SAVEPOINT s", insert(2), "ROLLBACK TO SAVEPOINT s", insert(3));
        resource.prepare(xid);
        resource.commit(xid, false);
        assertThat(trial().told()).hasSize(2);
        trial().agrees();
    }

    @Test
    void theSameNameInTwoDatabases() throws Exception {
        try (H2Database second = new H2Database();
                Trial elsewhere = trialOn(second)) {
            XAConnection other = elsewhere.xaDataSource().getXAConnection();
            work(insert(1));
            other.getXAResource().start(xid, XAResource.TMNOFLAGS);
            run(other.getConnection(), insert(2));
            other.getXAResource().end(xid, XAResource.TMSUCCESS);
            resource.prepare(xid);
            other.getXAResource().prepare(xid);
            resource.rollback(xid);
            other.getXAResource().commit(xid, false);
            other.close();
            assertThat(trial().told()).isEmpty();
            assertThat(elsewhere.told()).containsExactly("INSERT item 2 'n2'");
        }
    }

    private static Trial trialOn(H2Database database) throws SQLException {
        database.recreate();
        return new Trial(database, database.dataSource(), Map.of());
    }

    @Test
    void resourcesAreComparedAsTheDriverDoes() throws Exception {
        XAConnection other = source.getXAConnection();
        assertThat(resource.isSameRM(resource)).isTrue();
        assertThat(resource.isSameRM(other.getXAResource())).isEqualTo(is(MARIADB));
        other.close();
    }

    @Test
    void pooledConnectionsWithoutBranches() throws Exception {
        ConnectionPoolDataSource pooled = trial().pooledDataSource();
        PooledConnection one = pooled.getPooledConnection();
        Connection handle = one.getConnection();
        handle.setAutoCommit(false);
        run(handle, insert(1));
        handle.close();
        Connection next = one.getConnection();
        run(next, insert(2));
        if (!next.getAutoCommit()) {
            next.commit();
        }
        one.close();
        trial().agrees();
    }

    /** A pool gives a connection away as soon as it hears that the handle is closed, while close() has yet to return. */
    @Test
    void theNextHandleIsTakenWhileTheLastOneCloses() throws Exception {
        Assumed.not(is(H2), "H2 closes its handle only after it has told so");
        PooledConnection one = trial().pooledDataSource().getPooledConnection();
        NextHandle next = new NextHandle(one);
        one.addConnectionEventListener(next);
        Connection handle = one.getConnection();
        handle.setAutoCommit(false);
        run(handle, insert(1));
        handle.close();
        Connection taken = next.taken.get(0);
        run(taken, insert(2));
        if (!taken.getAutoCommit()) {
            taken.commit();
        }
        one.close();
        trial().agrees();
    }

    /** Takes the next handle when it hears of the end of one. */
    private static final class NextHandle implements ConnectionEventListener {
        private final PooledConnection physical;
        private final List<Connection> taken = new ArrayList<>();

        NextHandle(PooledConnection physical) {
            this.physical = physical;
        }

        @Override
        public void connectionClosed(ConnectionEvent event) {
            try {
                taken.add(physical.getConnection());
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {}
    }
}
