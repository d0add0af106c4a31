package dev.afterimage.jdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class BackgroundDataSourceTest {

    private final AtomicBoolean keeps = new AtomicBoolean(true);
    private final BackgroundDataSource background =
            new BackgroundDataSource(new UrlDataSource("jdbc:h2:mem:" + UUID.randomUUID(), null), keeps::get);

    private static Connection behind(Connection lent) throws SQLException {
        return lent.unwrap(org.h2.jdbc.JdbcConnection.class);
    }

    private Connection used() throws SQLException {
        try (Connection lent = background.getConnection()) {
            assertThat(lent.createStatement().executeQuery("select 1").next()).isTrue();
            return behind(lent);
        }
    }

    @Test
    void theSameConnectionServesAgainUntilItIsReleased() throws SQLException {
        Connection first = used();
        assertThat(used()).isSameAs(first);
        assertThat(first.isClosed()).isFalse();

        background.release();
        assertThat(first.isClosed()).isTrue();
        assertThat(used()).isNotSameAs(first);
        background.release();
    }

    @Test
    void closedTwiceItIsGivenBackOnce() throws SQLException {
        Connection lent = background.getConnection();
        lent.close();
        Connection next = background.getConnection();
        lent.close();
        assertThat(behind(background.getConnection())).isNotSameAs(behind(next));
    }

    @Test
    void twoAtOnceAreTwoAndOneIsKept() throws SQLException {
        Connection one = background.getConnection();
        Connection two = background.getConnection();
        Connection behindTwo = behind(two);
        one.close();
        two.close();
        assertThat(behindTwo.isClosed()).isTrue();
        assertThat(used().isClosed()).isFalse();
        background.release();
    }

    @Test
    void nothingIsKeptThatMayNotBe() throws SQLException {
        keeps.set(false);
        assertThat(used().isClosed()).isTrue();
    }

    @Test
    void aBrokenConnectionIsReplaced() throws SQLException {
        Connection first = used();
        first.close();
        assertThat(used()).isNotSameAs(first);
        background.release();
    }

    @Test
    void theLatestLoginIsUsed() throws SQLException {
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        background.login(new UrlDataSource(url, new Properties()));
        try (Connection lent = background.getConnection()) {
            assertThat(lent.getMetaData().getURL()).isEqualTo(url);
        }
        background.release();
    }

    /** What the application has executed on each of its connections is not to be executed by the audit. */
    @Test
    void theUrlsInitialisationIsLeftOut() throws SQLException {
        String name = "jdbc:h2:mem:" + UUID.randomUUID();
        String init = name + ";INIT=CREATE TABLE IF NOT EXISTS s(x INT)\\;DELETE FROM s;LOCK_TIMEOUT=100";
        try (Connection application = new UrlDataSource(init, null).getConnection()) {
            application.createStatement().execute("INSERT INTO s VALUES (1)");
            try (Connection plain = new UrlDataSource(init, null)
                            .withoutInitialisation()
                            .getConnection();
                    ResultSet rows = plain.createStatement().executeQuery("SELECT COUNT(*) FROM s")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
        }
    }
}
