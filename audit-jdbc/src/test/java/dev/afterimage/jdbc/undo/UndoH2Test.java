package dev.afterimage.jdbc.undo;

import dev.afterimage.jdbc.driver.UrlDataSource;
import java.util.List;
import javax.sql.DataSource;

/** On H2. */
class UndoH2Test extends UndoCases {

    private static final DataSource DATABASE = new UrlDataSource("jdbc:h2:mem:undo;DB_CLOSE_DELAY=-1", "", "");

    @Override
    Product product() {
        return Product.H2;
    }

    @Override
    DataSource database() {
        return DATABASE;
    }

    @Override
    List<String> allTypes() {
        return List.of(
                "CREATE TABLE extra (id INT PRIMARY KEY, m ENUM('sad', 'ok'), j JSON, t CLOB, c CHAR(5), f REAL,"
                        + " d DOUBLE PRECISION, n DECIMAL(30, 4), s SMALLINT, l BIGINT, y VARBINARY(20), b BLOB, u UUID,"
                        + " z TIMESTAMP(6) WITH TIME ZONE, p TIMESTAMP(3), o TIME, g BOOLEAN, v VARCHAR_IGNORECASE(20))",
                "INSERT INTO extra VALUES (1, 'ok', JSON '{\"a\": 1}', 'long', 'ab', 0.1, 0.1, 1.5, 7, 9007199254740993,"
                        + " X'00ff10', X'01', '00000000-0000-0000-0000-0000000000ab',"
                        + " TIMESTAMP WITH TIME ZONE '2026-01-02 03:04:05.678901+00:00', TIMESTAMP '2026-01-02 03:04:05.6',"
                        + " TIME '03:04:00', false, 'AbC')");
    }
}
