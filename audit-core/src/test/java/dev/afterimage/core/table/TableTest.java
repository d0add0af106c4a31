package dev.afterimage.core.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final ColumnType TEXT = new ColumnType(ColumnType.Kind.TEXT, "text", -1);

    @Test
    void aColumnIsFoundByItsExactNameFirst() {
        Table table = table("ID", "id");

        assertThat(table.columnNamed("id")).isEqualTo("id");
        assertThat(table.columnNamed("ID")).isEqualTo("ID");
    }

    @Test
    void aColumnIsFoundInAnotherCaseIfThatIsCertain() {
        assertThat(table("Id", "name").columnNamed("ID")).isEqualTo("Id");
        assertThat(table("ID", "id").columnNamed("Id")).isEqualTo("Id");
    }

    @Test
    void aNameThatTheTableDoesNotHaveStaysAsItIs() {
        assertThat(table("id").columnNamed("Other")).isEqualTo("Other");
        assertThat(table("id").typeOf("other")).isEqualTo(ColumnType.UNKNOWN);
        assertThat(table("id").typeOf("id")).isEqualTo(TEXT);
    }

    @Test
    void aTablesNameIsItsKnownPartsJoinedByDots() {
        assertThat(new TableName("c", "s", "t")).hasToString("c.s.t");
        assertThat(new TableName("c", null, "t")).hasToString("c.t");
        assertThat(TableName.of("s", "t")).hasToString("s.t");
    }

    private static Table table(String... columns) {
        List<Column> all =
                List.of(columns).stream().map(name -> new Column(name, TEXT)).toList();
        return new Table(TableName.of("public", "t"), all, List.of());
    }
}
