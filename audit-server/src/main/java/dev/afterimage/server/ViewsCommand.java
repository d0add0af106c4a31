package dev.afterimage.server;

import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.jdbc.driver.UrlDataSource;
import dev.afterimage.jdbc.replica.JdbcTables;
import dev.afterimage.jdbc.store.AuditedTable;
import dev.afterimage.jdbc.store.HistoryReader;
import dev.afterimage.jdbc.store.HistoryViews;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code afterimage views}. */
@Command(
        name = "views",
        description = "Makes the views _delta, _snapshot and _compare in the audit store, or makes them over, with the"
                + " columns that the tables have on the replica now. May be repeated at any time.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ViewsCommand implements Callable<Integer> {

    @Mixin
    private ConfigurationOption configuration;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "With its schema. Default: all that the trail knows.")
    private @Nullable String table;

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "What the views' names begin with. Default: the table's.")
    private @Nullable String as;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws SQLException {
        AuditConfiguration given = configuration.load();
        JdbcTables replica = new JdbcTables(new UrlDataSource(
                given.text(Setting.REPLICA_URL),
                given.text(Setting.REPLICA_USER),
                given.text(Setting.REPLICA_PASSWORD)));
        HistoryViews views = new HistoryViews(ConfigurationOption.store(given), given.text(Setting.STORE_TABLE));
        List<TableName> wanted = table == null ? known() : List.of(name(table));
        if (as != null && wanted.size() != 1) {
            throw new ParameterException(spec.commandLine(), "--as is for one table");
        }
        int made = 0;
        for (TableName name : wanted) {
            made += make(views, name, replica.find(name)) ? 1 : 0;
        }
        return made == 0 ? ReadingCommand.NOTHING_FOUND : ExitCode.OK;
    }

    private List<TableName> known() throws SQLException {
        HistoryReader history = configuration.history();
        return history.tables().stream().map(AuditedTable::name).distinct().toList();
    }

    private static TableName name(String written) {
        int dot = written.indexOf('.');
        return dot < 0
                ? new TableName(null, null, written)
                : TableName.of(written.substring(0, dot), written.substring(dot + 1));
    }

    private boolean make(HistoryViews views, TableName name, @Nullable Table shape) throws SQLException {
        PrintWriter out = spec.commandLine().getOut();
        if (shape == null) {
            spec.commandLine().getErr().println("The replica has no table " + name);
            return false;
        }
        try {
            String prefix = Objects.requireNonNullElse(as, shape.name().name());
            out.println(shape.name() + ": " + String.join(", ", views.make(shape, prefix)));
            return true;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + " (--as NAME)");
        }
    }
}
