package dev.afterimage.jdbc.undo;

import dev.afterimage.jdbc.driver.UrlDataSource;
import javax.sql.DataSource;

/** On H2. */
class UndoH2Test extends UndoCases {

    private static final DataSource DATABASE =
            new UrlDataSource("jdbc:h2:mem:undo;DB_CLOSE_DELAY=-1", "", "");

    @Override
    Product product() {
        return Product.H2;
    }

    @Override
    DataSource database() {
        return DATABASE;
    }
}
