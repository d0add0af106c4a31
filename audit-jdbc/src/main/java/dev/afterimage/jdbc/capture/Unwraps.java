package dev.afterimage.jdbc.capture;

import dev.afterimage.core.AuditTrail;
import dev.afterimage.core.config.Setting;
import dev.afterimage.core.event.GapReason;
import dev.afterimage.core.pipeline.Source;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.lang.reflect.InvocationHandler;
import java.sql.SQLException;
import java.sql.Wrapper;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What becomes of raw objects that leave by {@code unwrap}, as {@code audit.unwrap} says. Thread-safe. Works before the
 * first connection, too: a data source of the driver may be all that the application wants.
 */
public final class Unwraps {

    /** Of the SQL standard's access rule violations; none of those for which pools throw a connection away. */
    private static final String NOT_PERMITTED = "42501";

    private static final int REMEMBERED = 1_000;
    private static final Set<String> OURS = Set.of(
            "dev.afterimage.jdbc",
            "dev.afterimage.jdbc.capture",
            "dev.afterimage.jdbc.delegate",
            "dev.afterimage.jdbc.proxy");
    private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    private final AuditTrail trail;
    private final Source source;
    private final boolean recorded;
    private final boolean allowed;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** Begins with what the trail's configuration says; while capture is switched off everything is allowed. */
    public Unwraps(AuditTrail trail, Source source) {
        this.trail = trail;
        this.source = source;
        boolean enabled = trail.configuration().flag(Setting.ENABLED);
        String policy = trail.configuration().text(Setting.UNWRAP);
        this.recorded = enabled && policy.equals("record");
        this.allowed = !enabled || !policy.equals("deny");
    }

    /** Whether raw objects may leave. */
    public boolean allowed() {
        return allowed;
    }

    /**
     * A raw object is about to leave: recorded once for each type and calling class.
     *
     * @param type what was asked for
     * @throws SQLException with SQLState 42501, if raw objects may not leave
     */
    public void unwrapped(Class<?> type) throws SQLException {
        if (!allowed) {
            throw new SQLException(
                    "Property " + Setting.UNWRAP.key() + "=deny does not let the application take the driver's "
                            + type.getName(),
                    NOT_PERMITTED);
        }
        if (recorded) {
            record(type);
        }
    }

    private void record(Class<?> type) {
        try {
            String detail = caller() + " took the driver's " + type.getName() + ": what it does there is not seen";
            if (known.size() < REMEMBERED && known.add(detail)) {
                int number = trail.pipeline().register(source);
                trail.pipeline().gap(number, GapReason.UNWRAPPED, detail, -1);
            }
        } catch (Throwable t) { // The application must not notice.
            trail.counters().failed();
        }
    }

    private static String caller() {
        return STACK.walk(frames -> frames.map(StackFrame::getDeclaringClass)
                .filter(type -> !isBetween(type))
                .map(Class::getName)
                .findFirst()
                .orElse("unknown"));
    }

    /** The wrappers on the way, ours and those of a pool above, whether classes or proxies, are nobody's intention. */
    private static boolean isBetween(Class<?> type) {
        return OURS.contains(type.getPackageName())
                || Wrapper.class.isAssignableFrom(type)
                || InvocationHandler.class.isAssignableFrom(type);
    }
}
