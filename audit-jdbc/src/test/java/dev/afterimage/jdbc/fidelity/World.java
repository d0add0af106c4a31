package dev.afterimage.jdbc.fidelity;

import dev.afterimage.core.event.Change;
import dev.afterimage.core.table.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** A database with everything that the workload needs in it, and the oracle's triggers. */
abstract class World implements Dialect, AutoCloseable {

    static final int THREADS = 4;

    /** Whose database it is. */
    enum Product {
        POSTGRESQL,
        MARIADB,
        H2
    }

    abstract Product product();

    /** The bare database, without a pool. */
    abstract DataSource bare(String... options) throws SQLException;

    /** Names the work that a session is about, in a variable of the session. */
    abstract String markSql();

    /** Makes tables, functions and the application's own triggers. */
    abstract List<String> creates();

    /** What watches a table that is there. */
    abstract List<String> watches(TableName table, Shape shape);

    /** The table that the watching triggers fill, and whatever they need. */
    abstract List<String> oracleCreates();

    abstract String oracleTable();

    abstract TableName name(String schema, String table);

    @Override
    public abstract void close();

    final boolean is(Product product) {
        return product() == product;
    }

    final String quoted(String name) {
        return is(Product.MARIADB) ? "`" + name + "`" : "\"" + name + "\"";
    }

    final void mark(Connection connection, String work) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(markSql())) {
            statement.setString(1, work);
            statement.execute();
        }
    }

    /** Creates everything. */
    final Oracle open() throws SQLException {
        Oracle oracle = new Oracle(bare(), oracleTable());
        run(creates());
        run(oracleCreates());
        List<String> watches = new ArrayList<>();
        for (TableName table : tables()) {
            Shape shape = oracle.watch(table);
            watches.addAll(watches(table, shape));
            if (is(Product.POSTGRESQL) && table.name().equals("part")) {
                oracle.partition(name("public", "part_north"), shape);
                oracle.partition(name("public", "part_rest"), shape);
            }
        }
        run(watches);
        return oracle;
    }

    final void run(List<String> texts) throws SQLException {
        try (Connection connection = bare().getConnection();
                Statement statement = connection.createStatement()) {
            for (String text : texts) {
                statement.execute(text);
            }
        }
    }

    private List<TableName> tables() {
        List<TableName> tables = new ArrayList<>();
        for (String table : List.of(
                "item",
                "pair",
                "ticket",
                "typed",
                "mail",
                "Odd Name",
                "a.b c",
                "part",
                "loose",
                "parent",
                "cascade_child",
                "cascade_orphan",
                "caused",
                "caused_log",
                "function_log",
                "book",
                "book_tag",
                "author")) {
            tables.add(name("public", table));
        }
        for (int i = 0; i < THREADS; i++) {
            tables.add(name("public", "scratch_" + i));
        }
        tables.add(name("other", "item"));
        return tables;
    }

    /** The tables that need no words of their own, in an order that foreign keys allow. */
    final List<String> plainTables() {
        String odd = quoted("Odd Name");
        List<String> creates = new ArrayList<>(List.of(
                "CREATE TABLE item (id INT PRIMARY KEY, owner INT, name VARCHAR(100), price DECIMAL(12,2), note VARCHAR(200))",
                "CREATE TABLE pair (a INT, b VARCHAR(20), name VARCHAR(100), quantity INT, PRIMARY KEY (a, b))",
                "CREATE TABLE mail (id INT PRIMARY KEY, address VARCHAR(50) UNIQUE, name VARCHAR(100))",
                "CREATE TABLE loose (id INT, name VARCHAR(100))",
                "CREATE TABLE hidden (id INT PRIMARY KEY, name VARCHAR(100))",
                "CREATE TABLE " + odd + " (" + quoted("Key") + " INT PRIMARY KEY, " + quoted("Some Value")
                        + " VARCHAR(20), " + quoted("order") + " INT, " + quoted("ünï.côde") + " VARCHAR(20))",
                "CREATE TABLE " + quoted("a.b c") + " (" + quoted("select") + " VARCHAR(20) PRIMARY KEY, "
                        + quoted("From") + " INT)",
                "CREATE TABLE parent (id INT PRIMARY KEY, name VARCHAR(100))",
                "CREATE TABLE cascade_child (id INT PRIMARY KEY, parent_id INT, name VARCHAR(100),"
                        + " FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE)",
                "CREATE TABLE cascade_orphan (id INT PRIMARY KEY, parent_id INT, name VARCHAR(100),"
                        + " FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE SET NULL)",
                "CREATE TABLE caused (id INT PRIMARY KEY, name VARCHAR(100))",
                "CREATE TABLE author (id INT PRIMARY KEY, name VARCHAR(100), version INT NOT NULL)",
                "CREATE TABLE book (id BIGINT PRIMARY KEY, version INT NOT NULL, title VARCHAR(100), price DECIMAL(12,2),"
                        + " published DATE, author_id INT, FOREIGN KEY (author_id) REFERENCES author (id))",
                "CREATE TABLE book_tag (book_id BIGINT NOT NULL, tag VARCHAR(20) NOT NULL, PRIMARY KEY (book_id, tag),"
                        + " FOREIGN KEY (book_id) REFERENCES book (id))"));
        for (int i = 0; i < THREADS; i++) {
            creates.add("CREATE TABLE scratch_" + i + " (id INT PRIMARY KEY, name VARCHAR(100))");
        }
        StringBuilder typed = new StringBuilder("CREATE TABLE typed (id INT PRIMARY KEY");
        for (TypedColumn column : TypedColumn.of(product())) {
            typed.append(", ").append(column.name()).append(' ').append(column.type());
        }
        creates.add(typed.append(')').toString());
        return creates;
    }

    /** Views are named in statements, never in the trail's row changes. */
    @Override
    public boolean isName(TableName told, TableName table) {
        return told.equals(table)
                || (told.name().toLowerCase(Locale.ROOT).equals("item_view") && table.equals(name("public", "item")));
    }

    @Override
    public boolean countsTwice(Change told, int rows) {
        return is(Product.MARIADB) && rows <= told.rows() && told.rows() <= 2L * rows;
    }
}
