package dev.afterimage.jdbc.undo;

import dev.afterimage.jdbc.fixture.PostgresServer;
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
}
