package dev.afterimage.jmh.tpcb;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * CPU time used so far.
 *
 * @param machineNanos by all processes of the machine, user and system, idle left out; empty where the system does not
 *     tell
 * @param jvmNanos by this JVM
 */
record CpuTime(OptionalLong machineNanos, long jvmNanos) {

    private static final Path STAT = Path.of("/proc/stat");

    /** The kernel tells programs its times in hundredths of a second, whatever its own clock. */
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    static CpuTime now() {
        return new CpuTime(machine(), SYSTEM.getProcessCpuTime());
    }

    CpuTime since(CpuTime earlier) {
        OptionalLong machine = machineNanos.isPresent() && earlier.machineNanos.isPresent()
                ? OptionalLong.of(machineNanos.getAsLong() - earlier.machineNanos.getAsLong())
                : OptionalLong.empty();
        return new CpuTime(machine, jvmNanos - earlier.jvmNanos);
    }

    private static OptionalLong machine() {
        if (!Files.isReadable(STAT)) {
            return OptionalLong.empty();
        }
        try (var lines = Files.lines(STAT)) {
            return lines.findFirst()
                    .map(line -> OptionalLong.of(busyTicks(line) * NANOS_PER_TICK))
                    .orElse(OptionalLong.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From a line {@code cpu user nice system idle iowait irq softirq steal …}. */
    static long busyTicks(String line) {
        String[] fields = line.trim().split("\\s+", -1);
        long busy = 0;
        for (int i = 1; i < Math.min(fields.length, 8); i++) {
            boolean waiting = i == 4 || i == 5;
            busy += waiting ? 0 : Long.parseLong(fields[i]);
        }
        return busy;
    }
}
