package dev.afterimage.jdbc.capture;

import dev.afterimage.jdbc.sql.TableWrite;
import dev.afterimage.jdbc.sql.WriteContext;
import dev.afterimage.jdbc.sql.WriteOperation;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a RETURNING clause may be taken for. A column called as a key column is that only where the clause
 * lists plain columns of the written table: an alias, an expression or another table's column may bear any name.
 */
final class Returning {

    private static final String NAME = "(?:[\\w$]+|\"(?:[^\"]|\"\")+\"|`[^`]+`)";
    private static final Pattern PLAIN = Pattern.compile(
            ".*\\bRETURNING\\s+((?:" + NAME + "\\.)?(?:\\*|" + NAME + ")(?:\\s*,\\s*(?:" + NAME + "\\.)?(?:\\*|" + NAME
                    + "))*)\\s*;?\\s*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern QUALIFIER = Pattern.compile("(" + NAME + ")\\.");

    private Returning() {}

    /**
     * Whether the rows that the statement answers are the rows that it wrote, under the names of their columns.
     *
     * @param write one with RETURNING
     */
    static boolean answersKeys(TableWrite write, String text) {
        if (write.context() != WriteContext.TOP || write.operation() == WriteOperation.MERGE) {
            return false;
        }
        Matcher list = PLAIN.matcher(text);
        if (!list.matches()) {
            return false;
        }
        boolean qualified = false;
        Matcher qualifier = QUALIFIER.matcher(list.group(1));
        while (qualifier.find()) {
            qualified = true;
            if (!isTarget(qualifier.group(1), write)) {
                return false;
            }
        }
        return qualified || !write.namesOtherTables();
    }

    private static boolean isTarget(String qualifier, TableWrite write) {
        String name = qualifier.replace("\"", "").replace("`", "");
        return isSame(name, write.alias())
                || (write.alias() == null
                        && write.table() != null
                        && isSame(name, write.table().table()));
    }

    private static boolean isSame(String name, @Nullable String other) {
        return other != null && name.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }
}
