package dev.afterimage.jmh.pipeline;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * The most heap that was in use after a collection. An upper bound of what was alive, for a collection of the young
 * objects leaves the old ones alone, dead or not.
 */
public final class LiveHeap {

    private static final double MEGABYTE = 1 << 20;

    private final Map<String, MemoryType> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .collect(Collectors.toMap(pool -> pool.getName(), pool -> pool.getType()));
    private final AtomicLong peak = new AtomicLong();

    /** Begins to listen. */
    public LiveHeap() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener((event, unused) -> note(event), null, null);
        }
    }

    private void note(Notification event) {
        if (event.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            Map<String, MemoryUsage> after = GarbageCollectionNotificationInfo.from((CompositeData) event.getUserData())
                    .getGcInfo()
                    .getMemoryUsageAfterGc();
            long used = after.entrySet().stream()
                    .filter(pool -> pools.get(pool.getKey()) == MemoryType.HEAP)
                    .mapToLong(pool -> pool.getValue().getUsed())
                    .sum();
            peak.accumulateAndGet(used, Math::max);
        }
    }

    /** The peak since the beginning, in units of 2<sup>20</sup> bytes; 0 if nothing was collected. */
    public double peakMegabytes() {
        return peak.get() / MEGABYTE;
    }
}
