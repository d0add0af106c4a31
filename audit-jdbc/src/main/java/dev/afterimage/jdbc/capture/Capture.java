package dev.afterimage.jdbc.capture;

import dev.afterimage.core.AuditContext;
import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.codec.Stage;
import dev.afterimage.core.codec.TransactionWriter;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.event.Actor;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.metrics.LogLimit;
import dev.afterimage.core.pipeline.Pipeline;
import dev.afterimage.core.pipeline.Source;
import dev.afterimage.jdbc.capture.WantedRows.Database;
import dev.afterimage.jdbc.outbox.Outbox;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.sql.Connection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The capturing of one data source: its plans, its rules, and its way into the trail. Thread-safe; made when the first
 * connection shows which database it is.
 */
public final class Capture {

    private static final Logger LOG = LoggerFactory.getLogger(Capture.class);
    /** Bounds what plans hold by the length of their texts, in characters: ten thousand ordinary ones. */
    private static final long PLANNED_CHARACTERS = 4_000_000;

    private final AuditTrail trail;
    private final Pipeline pipeline;
    private final Source source;
    private final int sourceNumber;
    private final boolean enabled;
    private final SqlDialect dialect;
    private final Supplier<@Nullable Actor> actor;
    private final @Nullable Outbox outbox;
    private final AuditRules rules;
    private final PreparedWork prepared;
    private final PlanMaker planMaker;
    private final Admission admission;
    private final ValueEncoder encoder;
    private final Database database;
    private final int maxValueBytes;
    private final int maxTransactionBytes;
    private final int maxRows;
    private final PlanCache plans = new PlanCache(PLANNED_CHARACTERS);
    private final Spares<TransactionWriter> writers = new Spares<>(() -> new TransactionWriter(1024));
    private final Spares<ValueSlots> slots = new Spares<>(ValueSlots::new);
    private final LogLimit logLimit = new LogLimit();

    /**
     * Begins to capture.
     *
     * @param version the database's major version
     * @param prepared the data source's prepared transactions
     * @param actor asked who acts where no {@link AuditContext} scope is open; may return null
     * @param outbox for {@code audit.durability=database}; null where no table has it
     */
    public Capture(
            AuditTrail trail,
            Source source,
            SqlDialect dialect,
            int version,
            PreparedWork prepared,
            Supplier<@Nullable Actor> actor,
            @Nullable Outbox outbox) {
        AuditConfiguration configuration = trail.configuration();
        this.trail = trail;
        this.pipeline = trail.pipeline();
        this.source = source;
        this.sourceNumber = pipeline.register(source);
        this.enabled = configuration.flag(Setting.ENABLED);
        this.dialect = dialect;
        this.database = new Database(dialect, version);
        this.prepared = prepared;
        this.actor = actor;
        this.outbox = outbox;
        this.rules = new AuditRules(configuration);
        this.planMaker = new PlanMaker(dialect, rules);
        this.admission = new Admission(pipeline.publisher(), trail.counters());
        this.maxValueBytes = configuration.number(Setting.VALUE_MAX_BYTES);
        this.encoder = new ValueEncoder(maxValueBytes);
        this.maxTransactionBytes = configuration.number(Setting.TRANSACTION_MAX_BYTES);
        this.maxRows = configuration.number(Setting.STATEMENT_MAX_ROWS);
        Doing.load();
    }

    /** A new connection's session. */
    public Session session(Connection raw) {
        return new Session(this, raw);
    }

    /** The plan of a text; never fails. */
    public CapturePlan plan(@Nullable String sql) {
        if (sql == null || !enabled) {
            return CapturePlan.INERT;
        }
        try {
            CapturePlan known = plans.get(sql);
            if (known == null) {
                known = planMaker.make(sql);
                plans.put(sql, known);
            }
            return known;
        } catch (Throwable t) {
            failed(Doing.ANALYSING, t);
            return CapturePlan.INERT;
        }
    }

    /** Room for the values of a prepared statement; null where nothing of it is captured. */
    public @Nullable Parameters parameters(CapturePlan plan) {
        return plan.steps().length == 0 ? null : new Parameters(plan, this);
    }

    /** Whether anything is captured at all. */
    public boolean isEnabled() {
        return enabled;
    }

    @Nullable
    Outbox outbox() {
        return outbox;
    }

    PreparedWork prepared() {
        return prepared;
    }

    SqlDialect dialect() {
        return dialect;
    }

    ValueEncoder encoder() {
        return encoder;
    }

    /** Whether a column holds only the number of a large object, so that the content is not the value. */
    boolean keepsLobsApart() {
        return dialect == SqlDialect.POSTGRESQL;
    }

    /** Whether writing to a large object that was read from a row changes the database, and not a copy. */
    public boolean writesLobsInPlace() {
        return dialect != SqlDialect.H2 && dialect != SqlDialect.MYSQL;
    }

    int maxValueBytes() {
        return maxValueBytes;
    }

    int maxTransactionBytes() {
        return maxTransactionBytes;
    }

    /** Most rows of one statement that are copied. */
    int maxRows() {
        return maxRows;
    }

    AuditRules rules() {
        return rules;
    }

    /** How a statement is asked for its rows; null where it is not. */
    @Nullable
    RowRequest request(WantedRows wanted, String path) {
        return wanted.request(source.tables().known(wanted.table(), path), database, rules);
    }

    int maxEntryBytes() {
        return pipeline.publisher().maxEntryLength() / 2;
    }

    /** Whether a column of an unnamed table might be one that a rule hides. */
    boolean hides(String column) {
        return rules.hidesColumn(column);
    }

    Actor actor() {
        Actor current = AuditContext.current();
        if (current == null) {
            try {
                current = actor.get();
            } catch (Throwable t) {
                failed(Doing.ASKING_WHO, t);
            }
        }
        return current == null ? Actor.UNKNOWN : current;
    }

    void forgetShapes() {
        source.tables().forget();
    }

    /** What is asked before anything that may commit, and before the session is told of it. */
    public Admission admission() {
        return admission;
    }

    /** Gives back room in the ring that was set aside. */
    void release(long reserved) {
        pipeline.publisher().release(reserved);
    }

    void publish(TransactionWriter writer, boolean inDoubt, long asked, long returned, long reserved, long announced) {
        pipeline.publisher().publish(sourceNumber, writer, inDoubt, asked, returned, reserved, announced);
    }

    /** Whether what is about to commit is told before. */
    boolean announces() {
        return pipeline.publisher().isPersistent();
    }

    /** Tells of a transaction that is about to commit; answers its number. */
    long announce(TransactionWriter writer, long asked, boolean forced) {
        return pipeline.publisher().announce(sourceNumber, writer, asked, forced);
    }

    /** Tells what became of an announced transaction. */
    void conclude(TransactionWriter writer, Stage stage, long announced, long asked, long returned) {
        pipeline.publisher().conclude(sourceNumber, writer, stage, announced, asked, returned);
    }

    /** For transactions: each gives its writer back. */
    Spares<TransactionWriter> writers() {
        return writers;
    }

    /** For prepared statements: each gives its slots back when it is closed. */
    Spares<ValueSlots> slots() {
        return slots;
    }

    /** Something in the audit has failed; the application goes on, the trail says so. */
    void failed(Doing doing, Throwable t) {
        try {
            trail.counters().failed();
            // The class alone: a message may hold a value.
            String detail =
                    "The audit failed while " + doing + ": " + t.getClass().getName();
            pipeline.gap(sourceNumber, GapReason.INTERNAL_FAILURE, detail, -1);
            if (logLimit.allows()) {
                LOG.error("The audit failed while {}; the application goes on", doing, t);
            }
        } catch (Throwable again) {
            pipeline.failedUntold(); // There is no memory for more, and the application must not notice.
        }
    }
}
