package dev.afterimage.jdbc.proxy;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.AuditConfiguration;
import dev.afterimage.core.pipeline.Source;
import dev.afterimage.core.table.Table;
import dev.afterimage.core.table.TableName;
import dev.afterimage.core.table.Tables;
import dev.afterimage.jdbc.capture.Capture;
import dev.afterimage.jdbc.capture.PreparedWork;
import dev.afterimage.jdbc.capture.Session;
import dev.afterimage.jdbc.sql.SqlDialect;
import java.sql.Connection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Auditing with the whole of capture inside, switched off only behind the last step: its trail goes nowhere. */
class TestAuditing implements Auditing {

    private final AuditTrail trail = AuditTrail.start(AuditConfiguration.of(Map.of()), new DiscardingSink());
    private final PreparedWork prepared = new PreparedWork(trail, "test");
    private final Capture capture = new Capture(
            trail, new Source("test", new NoTables(), null), SqlDialect.ANSI, 0, prepared, () -> null, null);

    @Override
    public Session session(Connection raw) {
        return capture.session(raw);
    }

    @Override
    public PreparedWork prepared() {
        return prepared;
    }

    @Override
    public void unwrapped(Class<?> type) throws java.sql.SQLException {}

    private static final class NoTables implements Tables {
        @Override
        public @Nullable Table find(TableName name) {
            return null;
        }

        @Override
        public void forget() {}
    }
}
