package dev.afterimage.server;

import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToLongFunction;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What a JVM holds of the machine, in KiB but for the last.
 *
 * @param heap after a full collection
 * @param direct buffers outside of the heap
 * @param mapped files in memory
 * @param resident all of the process in memory
 * @param descriptors open files and sockets
 */
record Vitals(long heap, long direct, long mapped, long resident, long descriptors) {

    private static final int KIB = 1 << 10;

    /** Takes them of a JVM on this machine; it collects its garbage for that. */
    @SuppressWarnings("BanJNDI") // The address is that of a child of the test's own.
    static Vitals of(long pid) throws IOException {
        try (JMXConnector connector = JMXConnectorFactory.connect(address(pid))) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            MemoryMXBean memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
            memory.gc();
            long heap = memory.getHeapMemoryUsage().getUsed();
            long direct = 0;
            long mapped = 0;
            for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(beans, BufferPoolMXBean.class)) {
                direct += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
                mapped += pool.getName().equals("mapped") ? pool.getMemoryUsed() : 0;
            }
            long descriptors = ManagementFactory.getPlatformMXBean(beans, UnixOperatingSystemMXBean.class)
                    .getOpenFileDescriptorCount();
            return new Vitals(heap / KIB, direct / KIB, mapped / KIB, resident(pid), descriptors);
        }
    }

    private static JMXServiceURL address(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return new JMXServiceURL(machine.startLocalManagementAgent());
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("no JVM to ask: " + pid, e);
        }
    }

    private static long resident(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmRSS of " + pid);
    }

    /** The median of each. */
    static Vitals median(List<Vitals> all) {
        return new Vitals(
                median(all, Vitals::heap),
                median(all, Vitals::direct),
                median(all, Vitals::mapped),
                median(all, Vitals::resident),
                median(all, Vitals::descriptors));
    }

    private static long median(List<Vitals> all, ToLongFunction<Vitals> of) {
        long[] sorted = all.stream().mapToLong(of).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    @Override
    public String toString() {
        return "heap=" + heap + "K direct=" + direct + "K mapped=" + mapped + "K rss=" + resident + "K fds="
                + descriptors;
    }
}
