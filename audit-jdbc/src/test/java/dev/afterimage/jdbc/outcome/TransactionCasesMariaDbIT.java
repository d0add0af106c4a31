package dev.afterimage.jdbc.outcome;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** All cases on MariaDB. */
class TransactionCasesMariaDbIT {

    private static final Shared<MariaDbDatabase> DATABASE = new Shared<>(MariaDbDatabase::new);

    @BeforeAll
    static void open() {
        DATABASE.open();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Nested
    class Transactions extends TransactionCases {
        Transactions() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Savepoints extends SavepointCases {
        Savepoints() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Batches extends BatchCases {
        Batches() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Statements extends StatementCases {
        Statements() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Keys extends KeyCases {
        Keys() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Parameters extends ParameterCases {
        Parameters() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Parity extends ParityCases {
        Parity() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Requests extends RequestCases {
        Requests() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Streams extends StreamCases {
        Streams() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Pools extends PoolCases {
        Pools() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Urls extends UrlCases {
        Urls() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class WrappedTwice extends WrappedTwiceCases {
        WrappedTwice() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Branches extends BranchCases {
        Branches() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class TwoPhases extends TwoPhaseCases {
        TwoPhases() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Procedures extends ProcedureCases {
        Procedures() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Rows extends RowCases {
        Rows() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Schemas extends SchemaCases {
        Schemas() throws SQLException {
            super(DATABASE.get());
        }
    }

    @Nested
    class Rejects extends RejectCases {
        Rejects() throws SQLException {
            super(DATABASE.get());
        }
    }
}
