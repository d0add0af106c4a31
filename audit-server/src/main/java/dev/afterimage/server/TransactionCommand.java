package dev.afterimage.server;

import dev.afterimage.jdbc.store.HistoryQuery;
import dev.afterimage.jdbc.store.HistoryReader;
import java.util.HexFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code afterimage transaction ID}. */
@Command(name = "transaction", description = "What a transaction did, in its order.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TransactionCommand extends EntriesCommand {

    @Parameters(index = "0", paramLabel = "ID", description = "As the other commands show it: INSTANCE:NUMBER.")
    private String id;

    @Override
    HistoryQuery query(HistoryReader history) {
        String[] parts = id.split(":", -1);
        try {
            if (parts.length == 2) {
                return HistoryQuery.ALL.inTransaction(
                        HexFormat.fromHexDigitsToLong(parts[0]), Long.parseLong(parts[1]));
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw badUsage("'" + id + "' is no transaction. Allowed: sixteen hexadecimal digits, a colon, a number");
    }
}
