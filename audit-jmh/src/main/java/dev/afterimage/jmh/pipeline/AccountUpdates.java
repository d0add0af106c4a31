package dev.afterimage.jmh.pipeline;

import dev.afterimage.core.codec.ByteWriter;
import dev.afterimage.core.codec.StatementDescriptor;
import dev.afterimage.core.codec.StatementDescriptor.Condition;
import dev.afterimage.core.codec.StatementDescriptor.Source.Parameter;
import dev.afterimage.core.codec.StatementDescriptor.Target;
import dev.afterimage.core.codec.StatementDescriptor.Write;
import dev.afterimage.core.codec.TransactionWriter;
import dev.afterimage.core.codec.ValueCodec;
import dev.afterimage.core.event.Operation;
import dev.afterimage.core.pipeline.Publisher;
import dev.afterimage.core.table.Column;
import dev.afterimage.core.table.ColumnType;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.table.Tables;
import java.util.Arrays;
import java.util.List;

/**
 * Publishes transactions as capture does: an UPDATE of an account by its key, with three parameters, so many statements
 * of so many rows each. Not thread-safe.
 */
public final class AccountUpdates {

    private static final int KEYS = 10_000;
    private static final int KEEP = 8 << 20;
    private static final StatementDescriptor UPDATE = new StatementDescriptor(
            "update account set owner = ?, balance = ? where id = ?",
            3,
            List.of(new Write(
                    Operation.UPDATE,
                    new TableName(null, null, "account"),
                    List.of(
                            new Target("owner", List.of(new Parameter(1))),
                            new Target("balance", List.of(new Parameter(2)))),
                    0,
                    List.of(new Condition("id", List.of(new Parameter(3)))),
                    true,
                    false)),
            null);

    private final Publisher publisher;
    private final int source;
    private final int statements;
    private final int rows;
    private final String owner;
    private final byte[] descriptor;
    private final TransactionWriter writer = new TransactionWriter(1024);
    private long number;

    /**
     * Prepares to publish.
     *
     * @param source number that the pipeline has given to the data source
     * @param statements in each transaction
     * @param rows of each statement
     * @param owner the text that every row sets
     */
    public AccountUpdates(Publisher publisher, int source, int statements, int rows, String owner) {
        this.publisher = publisher;
        this.source = source;
        this.statements = statements;
        this.rows = rows;
        this.owner = owner;
        ByteWriter encoded = new ByteWriter(256);
        UPDATE.encode(encoded);
        this.descriptor = Arrays.copyOf(encoded.array(), encoded.length());
    }

    /** Publishes one transaction; waits for room as long as the trail was told to. */
    public void publish() {
        writer.clear(KEEP);
        long now = System.nanoTime();
        for (int i = 0; i < statements; i++) {
            writer.beginStatement(now, 1, descriptor);
            for (int row = 0; row < rows; row++) {
                writer.beginRow(1);
                ValueCodec.putString(writer.values(), owner);
                ValueCodec.putInteger(writer.values(), number++);
                ValueCodec.putInteger(writer.values(), number % KEYS);
            }
            writer.endStatement();
        }
        publisher.publish(source, writer, false, now, now);
    }

    /** Changes published so far. */
    public long changes() {
        return number;
    }

    /** The table's shape, known without a database. */
    public static Tables tables() {
        ColumnType integer = new ColumnType(ColumnType.Kind.INTEGER, "int4", 0);
        ColumnType text = new ColumnType(ColumnType.Kind.TEXT, "text", -1);
        Table account = new Table(
                TableName.of("public", "account"),
                List.of(new Column("id", integer), new Column("owner", text), new Column("balance", integer)),
                List.of("id"));
        return new Tables() {
            @Override
            public Table find(TableName name) {
                return account;
            }

            @Override
            public void forget() {}
        };
    }
}
