package dev.afterimage.jdbc.outcome;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The cases of the outbox on PostgreSQL, and those of most others by it. */
class OutboxPostgresIT {

    private static final Shared<PostgresDatabase> DATABASE = new Shared<>(PostgresDatabase::new);

    @BeforeAll
    static void open() {
        DATABASE.open();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Nested
    class Outboxes extends OutboxCases {
        Outboxes() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Transactions extends TransactionCases {
        Transactions() throws SQLException {
            super(new OutboxDatabase(DATABASE.get()));
        }
    }

    @Nested
    class Savepoints extends SavepointCases {
        Savepoints() throws SQLException {
            super(new OutboxDatabase(DATABASE.get()));
        }
    }

    @Nested
    class Batches extends BatchCases {
        Batches() throws SQLException {
            super(new OutboxDatabase(DATABASE.get()));
        }
    }

    @Nested
    class Statements extends StatementCases {
        Statements() throws SQLException {
            super(new OutboxDatabase(DATABASE.get()));
        }
    }

    @Nested
    class Parity extends ParityCases {
        Parity() throws SQLException {
            super(new OutboxDatabase(DATABASE.get()));
        }
    }

    @Nested
    class Pools extends PoolCases {
        Pools() throws SQLException {
            super(new OutboxDatabase(DATABASE.get()));
        }
    }

    @Nested
    class Branches extends BranchCases {
        Branches() throws SQLException {
            super(new OutboxDatabase(DATABASE.get()));
        }
    }

    @Nested
    class TwoPhases extends TwoPhaseCases {
        TwoPhases() throws SQLException {
            super(new OutboxDatabase(DATABASE.get()));
        }
    }

    @Nested
    class Procedures extends ProcedureCases {
        Procedures() throws SQLException {
            super(new OutboxDatabase(DATABASE.get()));
        }
    }

    @Nested
    class Parameters extends ParameterCases {
        Parameters() throws SQLException {
            super(new OutboxDatabase(DATABASE.get()));
        }
    }

    @Nested
    class Requests extends RequestCases {
        Requests() throws SQLException {
            super(new OutboxDatabase(DATABASE.get()));
        }
    }
}
