package dev.afterimage.jdbc.undo;

import dev.afterimage.jdbc.fixture.MariaDbServer;
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
}
