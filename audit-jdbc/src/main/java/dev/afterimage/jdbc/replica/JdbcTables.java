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
    private final Cache<TableName, Optional<Table>> cache = Caffeine.newBuilder()
            .maximumSize(MOST_NAMES)
            .expireAfterWrite(REMEMBERED)
            .build();

    /** The last answers, for those who cannot wait for a newer one. */
    private final Cache<TableName, Table> last =
            Caffeine.newBuilder().maximumSize(MOST_NAMES).build();

    /**
     * Makes a lookup; asks nothing yet.
     *
     * @param database the bare data source, not a captured one
     */
    public JdbcTables(DataSource database) {
        this.database = Objects.requireNonNull(database, "database");
    }

    @Override
    public @Nullable Table find(TableName name) {
        Optional<Table> known = cache.getIfPresent(name);
        if (known == null) {
            // Two threads may look up the same name at once; holding a lock during a round trip would be worse.
            known = Optional.ofNullable(lookUp(name));
            cache.put(name, known);
            known.ifPresentOrElse(table -> last.put(name, table), () -> last.invalidate(name));
        }
        return known.orElse(null);
    }

    private @Nullable Table lookUp(TableName name) {
        try (Connection connection = database.getConnection()) {
            Table table = new TableLookup(connection).find(name);
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return table;
        } catch (SQLException e) {
            throw new TableLookupException("The shape of table " + name + " could not be looked up", e);
        }
    }

    @Override
    public @Nullable Table known(TableName name) {
        return last.getIfPresent(name);
    }

    @Override
    public void forget() {
        last.invalidateAll();
        cache.invalidateAll();
    }
}
