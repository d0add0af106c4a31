package dev.afterimage.jdbc.undo;

import dev.afterimage.jdbc.fixture.PostgresServer;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On PostgreSQL. */
@SuppressWarnings("NullAway.Init") // JUnit's life cycle
class UndoPostgresIT extends UndoCases {

    private static PostgresServer server;

    @BeforeAll
    static void open() {
        server = PostgresServer.open();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Override
    Product product() {
        return Product.POSTGRESQL;
    }

    @Override
    DataSource database() {
        return server.dataSource();
    }

    @Override
    List<String> allTypes() {
        return List.of(
                "DROP TYPE IF EXISTS mood CASCADE; CREATE TYPE mood AS ENUM ('sad', 'ok');"
                        + " CREATE TABLE extra (id int PRIMARY KEY, m mood, j json, b jsonb, a int[], t text, c char(5),"
                        + " f real, d double precision, n numeric, s smallint, l bigint, y bytea, u uuid, z timestamptz,"
                        + " p timestamp(3), o time, x xml, i inet, v interval, w money, r int4range, q bit(3), g boolean)",
                "INSERT INTO extra VALUES (1, 'ok', '{\"a\" : 1}', '{\"b\": [1, null]}', '{1,2,NULL}', E'x\\ny ''z w',"
                        + " 'ab', 0.1, 0.1, 1.500, 7, 9007199254740993, '\\x00ff10',"
                        + " '00000000-0000-0000-0000-0000000000ab',"
                        + " '2026-01-02 03:04:05.678901+05', '2026-01-02 03:04:05.6', '03:04', '<a>b</a>', '10.0.0.1/8',"
                        + " '1 day 2 hours', '12.50', '[1,5)', B'101', false)",
                "INSERT INTO extra (id, f, d, n, z, p, t, y) VALUES (2, 'NaN', '-Infinity', 'NaN', 'infinity', '-infinity',"
                        + " '', '')",
                "INSERT INTO extra (id, f, d, n) VALUES (3, 3.4028235e38, -0.0, 1e-20)");
    }
}
