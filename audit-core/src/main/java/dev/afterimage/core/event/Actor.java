package dev.afterimage.core.event;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who changed something, and in which business context. All of it is optional: a change by nobody known is still a
 * change.
 *
 * @param name the acting user, or null
 * @param tenant the tenant on whose behalf, or null
 * @param reason why, in the user's words, or null
 * @param requestId the request, trace or job that led to the change, or null
 * @param attributes whatever else the application wants to keep; never null
 */
public record Actor(
        @Nullable String name,
        @Nullable String tenant,
        @Nullable String reason,
        @Nullable String requestId,
        Map<String, String> attributes) {

    public static final Actor UNKNOWN = new Actor(null, null, null, null, Map.of());

    public Actor {
        attributes = attributes.isEmpty() ? Map.of() : Map.copyOf(Objects.requireNonNull(attributes, "attributes"));
    }

    // Written out: every transaction compares actors, the first one too, and a record's own equals() takes the thread
    // that first calls it ten milliseconds or more to put together.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Actor that
                        && Objects.equals(name, that.name)
                        && Objects.equals(tenant, that.tenant)
                        && Objects.equals(reason, that.reason)
                        && Objects.equals(requestId, that.requestId)
                        && attributes.equals(that.attributes));
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, tenant, reason, requestId, attributes);
    }
}
