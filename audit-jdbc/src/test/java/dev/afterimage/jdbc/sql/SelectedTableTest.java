package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table behind an updatable result set: certain, or none. */
class SelectedTableTest {

    private static void shows(String sql, String table, String @Nullable ... columns) {
        assertThat(SelectedTable.of(sql, SqlDialect.POSTGRESQL))
                .isEqualTo(new SelectedTable(table, columns == null ? null : Arrays.asList(columns)));
    }

    @Test
    void oneTable() {
        shows("SELECT id, name FROM item", "item", "id", "name");
        shows(
                "select i.id as k, i.\"Na\"\"me\" n from s.item as i where x > ? order by 1;",
                "s.item",
                "id",
                "\"Na\"\"me\"");
        shows("SELECT * FROM ONLY \"Odd Name\" FOR UPDATE", "\"Odd Name\"", (String[]) null);
        shows("SELECT item.* FROM item LIMIT 1", "item", (String[]) null);
        shows("SELECT id, id + 1 AS x, f(a, b), c::text, 'x' FROM item", "item", "id", "", "", "", "");
        shows("/* FROM a, b */ SELECT id -- , c\n FROM item FETCH FIRST ROW ONLY", "item", "id");
    }

    @Test
    void mySqlQuotes() {
        assertThat(SelectedTable.of("SELECT `a b`, t.c FROM `d`.`t x` t", SqlDialect.MYSQL))
                .isEqualTo(new SelectedTable("`d`.`t x`", List.of("`a b`", "c")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT",
                "SELECT 1",
                "SELECT id FROM a, b",
                "SELECT id FROM a JOIN b USING (id)",
                "SELECT id FROM a x LEFT JOIN b ON true",
                "SELECT id FROM (SELECT 1 AS id) a",
                "SELECT id FROM f(1)",
                "SELECT DISTINCT id FROM a",
                "SELECT id FROM a GROUP BY id",
                "SELECT id FROM a UNION SELECT id FROM b",
                "SELECT *, id FROM a",
                "SELECT id FROM a; DELETE FROM b",
                "WITH a AS (SELECT 1) SELECT * FROM a",
                "(SELECT id FROM a)",
                "SELECT id FROM \"a",
                "UPDATE a SET id = 1",
                "VALUES (1)"
            })
    void none(String sql) {
        assertThat(SelectedTable.of(sql, SqlDialect.POSTGRESQL)).isNull();
    }
}
