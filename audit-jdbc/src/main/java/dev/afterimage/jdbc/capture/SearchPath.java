package dev.afterimage.jdbc.capture;

import dev.afterimage.jdbc.sql.SqlDialect;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a connection's statements look for a table that they name without its schema: PostgreSQL's search path, H2's
 * schema, MariaDB's database. PostgreSQL 18 reports it with every change; elsewhere it is what has gone by. Not
 * thread-safe.
 */
final class SearchPath {

    /** The path that the database gives a connection. */
    static final String OWN = "";

    /** A path in which no table is found: it has changed, and to what is not known. */
    static final String UNKNOWN = "\"\"";

    /** Apart, because few connections ever see such a text, and the first one of them need not wait for the patterns. */
    private static final class Texts {
        static final Pattern POSTGRESQL = Pattern.compile(
                "SET\\s+(?:(LOCAL|SESSION)\\s+)?(?:search_path\\s*(?:=|TO\\b)\\s*(.+)|SCHEMA\\s+('(?:[^']|'')*'))",
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        static final Pattern H2 =
                Pattern.compile("SET\\s+SCHEMA\\s+(\\w+|\"(?:[^\"]|\"\")+\")", Pattern.CASE_INSENSITIVE);
        static final Pattern MYSQL = Pattern.compile("USE\\s+([\\w$]+|`(?:[^`]|``)+`)", Pattern.CASE_INSENSITIVE);
    }

    private final TransactionState state;
    private String current = OWN;
    private @Nullable String atBegin;
    private boolean local;
    private boolean asked;

    SearchPath(TransactionState state) {
        this.state = state;
    }

    /** A text that changes the path, for a transaction alone or for good. */
    record Change(String path, boolean local) {}

    /** What a statement makes of the path; null if it leaves it alone. */
    static @Nullable Change changeBy(String statement, SqlDialect dialect) {
        String text = statement.strip();
        return switch (dialect) {
            case POSTGRESQL -> postgresql(text);
            case H2 -> begins(text, "SET") ? named(Texts.H2.matcher(text), '"', true) : null;
            case MYSQL -> begins(text, "USE") ? named(Texts.MYSQL.matcher(text), '`', false) : null;
            default -> null;
        };
    }

    private static boolean begins(String text, String word) {
        return text.regionMatches(true, 0, word, 0, word.length());
    }

    private static @Nullable Change named(Matcher statement, char quote, boolean folds) {
        return statement.matches() ? new Change(unquoted(statement.group(1), quote, folds), false) : null;
    }

    private static @Nullable Change postgresql(String text) {
        Matcher set = begins(text, "SET") ? Texts.POSTGRESQL.matcher(text) : null;
        if (set == null || !set.matches()) {
            boolean changes = begins(text, "DISCARD")
                    || begins(text, "RESET")
                    || text.toLowerCase(Locale.ROOT).contains("search_path");
            return changes ? new Change(UNKNOWN, false) : null;
        }
        String path = set.group(2) == null ? set.group(3) : set.group(2).strip();
        boolean own = path.equalsIgnoreCase("DEFAULT");
        return new Change(own ? OWN : path.replace('\'', '"'), "LOCAL".equalsIgnoreCase(set.group(1)));
    }

    private static String unquoted(String name, char quote, boolean folds) {
        if (name.charAt(0) != quote) {
            return folds ? name.toUpperCase(Locale.ROOT) : name;
        }
        String doubled = String.valueOf(quote).repeat(2);
        return name.substring(1, name.length() - 1).replace(doubled, String.valueOf(quote));
    }

    /** A schema was named by a method of JDBC, or what MariaDB calls one: a catalog. */
    void set(@Nullable String schema, boolean catalog) {
        boolean means = switch (state.dialect()) {
            case POSTGRESQL, H2 -> !catalog;
            case MYSQL -> catalog;
            default -> false;
        };
        if (means) {
            boolean quotes = state.dialect() == SqlDialect.POSTGRESQL && schema != null;
            String known = schema == null ? UNKNOWN : schema;
            changed(new Change(quotes ? '"' + known.replace("\"", "\"\"") + '"' : known, false));
        }
    }

    /** The path now. */
    String current() {
        if (!asked) {
            asked = true;
            String reported = state.reportedPath();
            current = reported == null ? current : reported;
        }
        return current;
    }

    /** It was changed by a statement. */
    void changed(Change change) {
        boolean inTransaction = !state.isOver();
        if (change.local() && !inTransaction) {
            return;
        }
        if (inTransaction && atBegin == null) {
            atBegin = current;
        }
        local = change.local();
        current = change.path();
        asked = false;
    }

    /** A savepoint was gone back to: in PostgreSQL that undoes what has changed the path since. */
    void undoneInPart() {
        if (atBegin != null && state.isTransactional()) {
            current = UNKNOWN;
            asked = false;
        }
    }

    /** The transaction has ended. */
    void ended(boolean committed) {
        if (atBegin != null && state.isTransactional() && (local || !committed)) {
            current = atBegin;
        }
        asked &= atBegin == null;
        atBegin = null;
        local = false;
    }
}
