package dev.afterimage.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdbcUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db:5433/shop?user=u&password=geheim&ssl=true | postgresql://db:5433/shop",
                "jdbc:postgresql://a:1,b:2/shop | postgresql://a:1,b:2/shop",
                "jdbc:postgresql:shop | postgresql:shop",
                "jdbc:postgresql://db/shop?user=app@tenant&password=ge@heim | postgresql://db/shop",
                "jdbc:mysql://u:geheim@db:3306/shop?x=y | mysql://db:3306/shop",
                "jdbc:mysql://u:ge@heim@db/shop | mysql://db/shop",
                "jdbc:mysql:loadbalance://u:geheim@a,b/shop | mysql:loadbalance://a,b/shop",
                "jdbc:mysql://address=(host=db)(user=u)(password=geheim)/shop | mysql://address=(host=db)/shop",
                "jdbc:mariadb://db/shop?user=u&password=geheim | mariadb://db/shop",
                "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1;PASSWORD=geheim | h2:mem:shop",
                "jdbc:h2:file:C:/data/shop | h2:file:C:/data/shop",
                "jdbc:oracle:thin:scott/geheim@//db:1521/shop | oracle:thin://db:1521/shop",
                "jdbc:oracle:thin:@db:1521:shop | oracle:thin:db:1521:shop",
                "jdbc:sqlserver://db:1433;databaseName=shop;user=u;password=geheim | sqlserver://db:1433;databaseName=shop",
                "jdbc:other://db/shop?apiKey=geheim | other://db/shop",
            })
    void theAddressShowsThePlaceAndNoSecret(String url, String address) {
        assertThat(JdbcUrl.of(url).address()).isEqualTo(address).doesNotContain("heim");
    }

    @Test
    void whoeverConnectsItIsTheSameDatabase() {
        String identity = JdbcUrl.of("jdbc:postgresql://db/shop?user=a&password=x&currentSchema=s")
                .identity();

        assertThat(JdbcUrl.of("jdbc:postgresql://db/shop?user=b&password=y&currentSchema=s")
                        .identity())
                .isEqualTo(identity);
        assertThat(JdbcUrl.of("jdbc:postgresql://db/shop?user=a&password=x&currentSchema=t")
                        .identity())
                .isNotEqualTo(identity);
        assertThat(JdbcUrl.of("jdbc:mysql://a:x@db/shop").identity())
                .isEqualTo(JdbcUrl.of("jdbc:mysql://b:y@db/shop").identity());
    }
}
