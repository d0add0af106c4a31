package dev.afterimage.jdbc.replica;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableLookupException;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.table.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Table shapes by {@link java.sql.DatabaseMetaData}, on a connection of its own for each lookup, looked up again after
 * ten minutes. Names must come as the database spells them. Thread-safe if the data source is.
 */
public final class JdbcTables implements Tables {

    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST_NAMES = 10_000;

    private final DataSource database;
    private final Object beginning = new Object();
    /** Null until somebody asks: that is the background thread, which has the time to load what a cache consists of. */
    private volatile @Nullable Answers answers;

    /** What was found. */
    private static final class Answers {
        final Cache<Asked, Optional<Table>> current = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(MOST_NAMES)
                .expireAfterWrite(REMEMBERED)
                .build();

        /** For those who cannot wait for a newer one. */
        final Cache<Asked, Table> last = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumSize(MOST_NAMES)
                .build();
    }

    /**
     * Makes a lookup; asks nothing yet.
     *
     * @param database the bare data source, not a captured one
     */
    public JdbcTables(DataSource database) {
        this.database = Objects.requireNonNull(database, "database");
    }

    /** A name and where it is looked for. */
    private record Asked(TableName name, String path) {}

    @Override
    public @Nullable Table find(TableName name) {
        return find(name, "");
    }

    @Override
    public @Nullable Table find(TableName name, String path) {
        Asked asked = asked(name, path);
        Answers answers = answers();
        Optional<Table> known = answers.current.getIfPresent(asked);
        if (known == null) {
            // Two threads may look up the same name at once; holding a lock during a round trip would be worse.
            known = Optional.ofNullable(lookUp(asked));
            answers.current.put(asked, known);
            known.ifPresentOrElse(table -> answers.last.put(asked, table), () -> answers.last.invalidate(asked));
        }
        return known.orElse(null);
    }

    private Answers answers() {
        Answers begun = answers;
        if (begun == null) {
            synchronized (beginning) {
                begun = answers == null ? new Answers() : answers;
                answers = begun;
            }
        }
        return begun;
    }

    /** A name with its schema is the same table on every path. */
    private static Asked asked(TableName name, String path) {
        return new Asked(name, name.schema() == null ? path : "");
    }

    private @Nullable Table lookUp(Asked asked) {
        TableName name = asked.name();
        try (Connection connection = database.getConnection()) {
            Table table = new TableLookup(connection).find(name, asked.path());
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return table;
        } catch (SQLException e) {
            throw new TableLookupException("The shape of table " + name + " could not be looked up", e);
        }
    }

    @Override
    public @Nullable Table known(TableName name, String path) {
        Answers begun = answers;
        return begun == null ? null : begun.last.getIfPresent(asked(name, path));
    }

    @Override
    public void forget() {
        Answers begun = answers;
        if (begun != null) {
            begun.last.invalidateAll();
            begun.current.invalidateAll();
        }
    }
}
