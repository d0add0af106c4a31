package dev.afterimage.jdbc.undo;

import dev.afterimage.core.event.EventId;
import dev.afterimage.core.table.TableName;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Which changes of the trail are to be undone. Times are by the database's clock. */
public sealed interface Selection {

    /** A text that names these changes, for people and for {@link Undo#REVERTS}. */
    String reference();

    /** One change. */
    record Event(EventId id) implements Selection {
        public Event {
            Objects.requireNonNull(id, "id");
        }

        @Override
        public String reference() {
            return "event " + id;
        }
    }

    /**
     * All changes of one transaction.
     *
     * @param instance the process start that made it
     * @param number its number within the instance
     */
    record Transaction(long instance, long number) implements Selection {
        @Override
        public String reference() {
            return "transaction " + EventId.instanceText(instance) + ":" + number;
        }
    }

    /**
     * What a user changed in a period.
     *
     * @param from the first moment
     * @param to the first moment after it
     */
    record ByActor(String actor, Instant from, Instant to) implements Selection {
        public ByActor {
            Objects.requireNonNull(actor, "actor");
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }

        @Override
        public String reference() {
            return "actor " + actor + " from " + from + " to " + to;
        }
    }

    /**
     * All that was committed after a moment in some tables, or in some rows of one.
     *
     * @param tables full names as the trail has them; at least one
     * @param rows canonical keys of the rows (see {@link dev.afterimage.core.event.RowKey#canonical}); empty for all
     */
    record After(Instant moment, List<TableName> tables, List<String> rows) implements Selection {
        public After {
            Objects.requireNonNull(moment, "moment");
            tables = List.copyOf(tables);
            rows = List.copyOf(rows);
            if (tables.isEmpty()) {
                throw new IllegalArgumentException("No table");
            }
        }

        @Override
        public String reference() {
            String names = tables.stream().map(TableName::toString).collect(Collectors.joining(" "));
            return "table " + names + (rows.isEmpty() ? "" : " rows " + String.join(" ", rows)) + " to " + moment;
        }
    }
}
