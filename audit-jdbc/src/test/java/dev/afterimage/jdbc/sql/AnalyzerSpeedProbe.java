package dev.afterimage.jdbc.sql;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints what one analysis costs: nanoseconds and allocated bytes per statement over the corpus, medians and means, by
 * length. Run by hand: {@code java -cp … dev.afterimage.jdbc.sql.AnalyzerSpeedProbe}.
 */
final class AnalyzerSpeedProbe {
    private static final int ROUNDS = 40;
    private static final int REPEAT = 8;

    private AnalyzerSpeedProbe() {}

    public static void main(String[] arguments) throws Exception {
        List<Corpus.Entry> entries = Corpus.read(Corpus.directory().orElseThrow());
        long[] best = new long[entries.size()];
        Arrays.fill(best, Long.MAX_VALUE);
        long checksum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < best.length; i++) {
                Corpus.Entry entry = entries.get(i);
                long start = System.nanoTime();
                for (int n = 0; n < REPEAT; n++) {
                    checksum +=
                            SqlAnalyzer.analyze(entry.sql(), entry.dialect()).parameterCount();
                }
                best[i] = Math.min(best[i], (System.nanoTime() - start) / REPEAT);
            }
        }
        print("all", entries, best, 0, Integer.MAX_VALUE);
        print("to 60 characters", entries, best, 0, 60);
        print("to 120 characters", entries, best, 61, 120);
        print("to 300 characters", entries, best, 121, 300);
        print("longer", entries, best, 301, Integer.MAX_VALUE);
        System.out.println("checksum " + checksum);
    }

    private static void print(String name, List<Corpus.Entry> entries, long[] nanos, int from, int to) {
        List<Corpus.Entry> selected = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < nanos.length; i++) {
            int length = entries.get(i).sql().length();
            if (length >= from && length <= to) {
                selected.add(entries.get(i));
                times.add(nanos[i]);
            }
        }
        times.sort(null);
        System.out.printf(
                Locale.ROOT,
                "%-18s %6d statements, median %5d ns, p90 %5d ns, mean %d B%n",
                name,
                times.size(),
                times.get(times.size() / 2),
                times.get(times.size() * 9 / 10),
                bytes(selected));
    }

    private static long bytes(List<Corpus.Entry> entries) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long checksum = 0;
        for (Corpus.Entry entry : entries) {
            checksum += SqlAnalyzer.analyze(entry.sql(), entry.dialect()).parameterCount();
        }
        return checksum < 0 ? -1 : (threads.getCurrentThreadAllocatedBytes() - before) / entries.size();
    }
}
