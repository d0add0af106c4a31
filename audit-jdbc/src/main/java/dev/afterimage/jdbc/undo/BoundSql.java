package dev.afterimage.jdbc.undo;

import dev.afterimage.core.table.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement under construction: its text, its values, and the text with the values in place. */
final class BoundSql {

    private record Parameter(ColumnType type, @Nullable String text) {}

    private final Dialect dialect;
    private final StringBuilder sql = new StringBuilder();
    private final StringBuilder shown = new StringBuilder();
    private final List<Parameter> parameters = new ArrayList<>();

    BoundSql(Dialect dialect) {
        this.dialect = dialect;
    }

    BoundSql text(String text) {
        sql.append(text);
        shown.append(text);
        return this;
    }

    /** Appends a text with one place, and the value for it. */
    BoundSql value(String withPlace, ColumnType type, @Nullable String value) {
        int place = withPlace.lastIndexOf('?');
        sql.append(withPlace);
        shown.append(withPlace, 0, place).append(literal(type, value)).append(withPlace, place + 1, withPlace.length());
        parameters.add(new Parameter(type, value));
        return this;
    }

    private static String literal(ColumnType type, @Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        return switch (type.kind()) {
            case INTEGER, DECIMAL, BOOLEAN -> value;
            case BYTES -> "X'" + value + "'";
            default -> "'" + value.replace("'", "''") + "'";
        };
    }

    String sql() {
        return sql.toString();
    }

    String shown() {
        return shown.toString();
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql());
        try {
            for (int i = 0; i < parameters.size(); i++) {
                Parameter parameter = parameters.get(i);
                dialect.bind(statement, i + 1, parameter.type(), parameter.text());
            }
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
        return statement;
    }
}
