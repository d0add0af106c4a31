package dev.afterimage.jdbc.undo;

import dev.afterimage.jdbc.fixture.MariaDbServer;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On MariaDB. */
@SuppressWarnings("NullAway.Init") // JUnit's life cycle
class UndoMariaDbIT extends UndoCases {

    private static MariaDbServer server;

    @BeforeAll
    static void open() {
        server = MariaDbServer.open();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Override
    Product product() {
        return Product.MARIADB;
    }

    @Override
    DataSource database() {
        return server.dataSource();
    }

    @Override
    List<String> allTypes() {
        return List.of(
                "CREATE TABLE extra (id INT PRIMARY KEY, m ENUM('sad', 'ok'), j JSON, t TEXT, c CHAR(5), f FLOAT, d DOUBLE,"
                        + " n DECIMAL(30, 4), s SMALLINT, l BIGINT UNSIGNED, y VARBINARY(20), b BLOB, x BINARY(4), u UUID,"
                        + " z TIMESTAMP(6) NULL, p DATETIME(3), o TIME, g BOOLEAN, w YEAR, h SET('a', 'b'),"
                        + " k VARCHAR(20) CHARACTER SET latin1)",
                "INSERT INTO extra VALUES (1, 'ok', '{\"a\": 1}', 'x \\n y', 'ab', 0.1, 0.1, 1.5, 7, 18446744073709551615,"
                        + " x'00ff10', x'01', x'0102', '00000000-0000-0000-0000-0000000000ab',"
                        + " '2026-01-02 03:04:05.678901', '2026-01-02 03:04:05.6', '03:04:00', false, 2026, 'a,b', 'äöü ')",
                "INSERT INTO extra (id, f, d) VALUES (2, 1234567.8, 1e300)");
    }
}
