package dev.afterimage.jdbc.capture;

import dev.afterimage.jdbc.sql.StatementKind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What capture does when a text is executed: made once per text. Immutable, but for arrays that nobody writes to.
 */
public final class CapturePlan {

    /** A plan for a text that changes nothing and touches no transaction. */
    static final CapturePlan INERT = new CapturePlan(List.of(), new boolean[0], false, false, false, null);

    private final Step[] steps;
    private final boolean[] captured;
    private final boolean returnsRows;
    private final boolean returnsKeys;
    private final boolean changesShapes;
    private final boolean controlsTransaction;
    private final boolean commitsImplicitly;
    private final boolean writes;
    private final boolean asksForCommit;
    private final boolean mayEndTransaction;
    private final @Nullable WantedRows wanted;

    /** One thing that executing the text does. */
    sealed interface Step {}

    /** It writes. */
    static final class WriteStep implements Step {
        private final long descriptorId;
        private final byte[] descriptor;
        private final boolean needsKeys;
        private final boolean counted;
        private final int place;
        private final boolean runsCode;
        private final Durability durability;

        /**
         * Makes a step.
         *
         * @param descriptorId number of the descriptor in this process
         * @param descriptor its bytes; belong to the step from now on
         * @param needsKeys whether rows are inserted whose keys the statement may not tell
         * @param counted whether the statement's update count tells all that it has written
         * @param runsCode whether it runs code in the database, which may even commit
         * @param durability what its changes shall survive
         * @param place of the statement in the text, from 0: that of its result among the driver's results
         */
        WriteStep(
                long descriptorId,
                byte[] descriptor,
                boolean needsKeys,
                boolean counted,
                boolean runsCode,
                Durability durability,
                int place) {
            this.descriptorId = descriptorId;
            this.descriptor = descriptor;
            this.needsKeys = needsKeys;
            this.counted = counted;
            this.runsCode = runsCode;
            this.durability = durability;
            this.place = place;
        }

        /** Whether an update count says that there is nothing to record. */
        boolean didNothing(long count) {
            return counted && count == 0;
        }

        long descriptorId() {
            return descriptorId;
        }

        byte[] descriptor() {
            return descriptor;
        }

        boolean needsKeys() {
            return needsKeys;
        }

        int place() {
            return place;
        }

        boolean runsCode() {
            return runsCode;
        }

        Durability durability() {
            return durability;
        }

        /** Whether what it writes is to be as durable as the data. */
        boolean isInDatabase() {
            return durability == Durability.DATABASE;
        }
    }

    /**
     * It begins, ends or divides a transaction.
     *
     * @param kind which of these
     * @param name of the savepoint, or null
     */
    record ControlStep(StatementKind kind, @Nullable String name) implements Step {}

    /**
     * It changes where tables named without a schema are looked for.
     *
     * @param change to what
     */
    record PathStep(SearchPath.Change change) implements Step {}

    /** The database commits the open transaction on its own before it executes the statement. */
    record ImplicitCommitStep() implements Step {}

    CapturePlan(
            List<Step> steps,
            boolean[] captured,
            boolean returnsRows,
            boolean returnsKeys,
            boolean changesShapes,
            @Nullable WantedRows wanted) {
        boolean controls = false;
        boolean implicitly = false;
        boolean written = false;
        boolean asks = false;
        boolean mayEnd = false;
        for (Step step : steps) {
            controls |= step instanceof ControlStep;
            implicitly |= step instanceof ImplicitCommitStep;
            written |= step instanceof WriteStep;
            asks |= step instanceof ImplicitCommitStep
                    || (step instanceof ControlStep control
                            && (control.kind() == StatementKind.COMMIT
                                    || control.kind() == StatementKind.PREPARE_TRANSACTION));
            mayEnd |= !(step instanceof WriteStep write) || write.runsCode();
        }
        this.wanted = wanted;
        this.steps = steps.toArray(new Step[0]);
        this.controlsTransaction = controls;
        this.commitsImplicitly = implicitly;
        this.writes = written;
        this.asksForCommit = asks;
        this.mayEndTransaction = mayEnd;
        this.captured = captured;
        this.returnsRows = returnsRows;
        this.returnsKeys = returnsKeys;
        this.changesShapes = changesShapes;
    }

    /** What the text does, in order; not to be written to. An array, because every execution walks over it. */
    Step[] steps() {
        return steps;
    }

    /** Whether executing the text concerns capture at all. */
    public boolean isInert() {
        return steps.length == 0 && !changesShapes;
    }

    /** Whether the value of a parameter goes into the trail. */
    public boolean captures(int ordinal) {
        return ordinal >= 1 && ordinal <= captured.length && captured[ordinal - 1];
    }

    /** Parameters in the text. */
    int parameterCount() {
        return captured.length;
    }

    /** Whether the statement answers the rows it changed. */
    public boolean returnsRows() {
        return returnsRows;
    }

    /** Whether rows that follow the statement show keys under the names of their columns. */
    boolean showsKeys() {
        return !returnsRows || returnsKeys;
    }

    /** What the statement may be asked to return; null if nothing. */
    @Nullable
    WantedRows wanted() {
        return wanted;
    }

    /** A row was added to a batch of a prepared statement of the text. */
    public void batched() {
        if (wanted != null) {
            wanted.batched();
        }
    }

    /** Whether the text may change the shape of tables. */
    boolean changesShapes() {
        return changesShapes;
    }

    /** Whether the text begins, ends or divides a transaction. */
    public boolean controlsTransaction() {
        return controlsTransaction;
    }

    /** Whether the first thing that the text does is to write. */
    boolean beginsWithWrite() {
        return steps.length > 0 && steps[0] instanceof WriteStep;
    }

    /** Whether the first thing that the text does is to ask for a commit. */
    boolean beginsWithCommit() {
        return steps.length > 0
                && steps[0] instanceof ControlStep control
                && (control.kind() == StatementKind.COMMIT || control.kind() == StatementKind.PREPARE_TRANSACTION);
    }

    /** Whether executing the text may end the open transaction, by itself or by code in the database. */
    boolean mayEndTransaction() {
        return mayEndTransaction;
    }

    /** Whether the text asks for the end of a transaction at any place. */
    boolean endsTransaction() {
        return commitsImplicitly
                || Arrays.stream(steps)
                        .anyMatch(step -> step instanceof ControlStep control
                                && (control.kind() == StatementKind.COMMIT
                                        || control.kind() == StatementKind.ROLLBACK
                                        || control.kind() == StatementKind.PREPARE_TRANSACTION));
    }

    /** Whether the text may commit what is open, or what it does itself; the first phase of two is not meant. */
    boolean commits() {
        return commitsImplicitly
                || Arrays.stream(steps)
                        .anyMatch(
                                step -> step instanceof ControlStep control && control.kind() == StatementKind.COMMIT);
    }

    /** Whether the text runs code in the database. */
    boolean runsCode() {
        return Arrays.stream(steps).anyMatch(step -> step instanceof WriteStep write && write.runsCode());
    }

    /** Whether something that it writes is to be as durable as the data, and can share a transaction with its record. */
    boolean isInDatabase() {
        return isHarmless()
                && Arrays.stream(steps).anyMatch(step -> step instanceof WriteStep write && write.isInDatabase());
    }

    /** Whether the text may stand in a transaction with anything else, and end none. */
    boolean isHarmless() {
        return !controlsTransaction && !commitsImplicitly && !runsCode();
    }

    /** Whether the text is the first phase of a two-phase commit. */
    boolean preparesTransaction() {
        return steps.length == 1
                && steps[0] instanceof ControlStep control
                && control.kind() == StatementKind.PREPARE_TRANSACTION;
    }

    /** Whether the text is more than one statement that concerns capture. */
    boolean isSeveral() {
        return steps.length > 1 && !(steps.length == 2 && commitsImplicitly);
    }

    boolean writes() {
        return writes;
    }

    /** Whether the text commits what is open, or what it does itself, or is the first phase of that. */
    boolean asksForCommit() {
        return asksForCommit;
    }

    boolean commitsImplicitly() {
        return commitsImplicitly;
    }

    /** Whether keys that the driver returns would add something. */
    public boolean wantsKeys() {
        return steps.length == 1 && steps[0] instanceof WriteStep write && (write.needsKeys() || returnsRows);
    }
}
