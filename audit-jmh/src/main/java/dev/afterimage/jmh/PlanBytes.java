package dev.afterimage.jmh;

import com.sun.management.ThreadMXBean;
import dev.afterimage.jmh.sql.Analyser;
import dev.afterimage.jmh.sql.Footprint;
import dev.afterimage.jmh.sql.Text;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What does our analyser allocate beyond the plan that it returns? For each text, warmed up: the bytes that the thread
 * allocated, less the objects that the plan consists of.
 *
 * <p>{@code java -cp benchmarks.jar dev.afterimage.jmh.PlanBytes corpus=DIRECTORY}
 */
public final class PlanBytes {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP_CALLS = 300_000;

    private PlanBytes() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments, Map.of("corpus", ""));
        List<Text> all = Analyser.understood(Text.read(options.text("corpus")), List.of("afterimage"));
        Analyser analyser = Analyser.of("afterimage");
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            analyser.analyse(all.get(i % all.size()));
        }
        System.out.println(
                "| texts | number | allocated, median B | mean B | plan, median B | mean B | beyond the plan, median B"
                        + " | mean B | texts without any, % |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        print("all", all, analyser);
        print("short", Text.shortOf(all), analyser);
    }

    private static void print(String name, List<Text> texts, Analyser analyser) throws Exception {
        long[] allocated = new long[texts.size()];
        Object[] plans = new Object[texts.size()];
        for (int i = 0; i < plans.length; i++) {
            Text text = texts.get(i);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            plans[i] = analyser.analyse(text);
            allocated[i] = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        Footprint footprint = new Footprint();
        long[] plan = new long[plans.length];
        long[] beyond = new long[plans.length];
        for (int i = 0; i < plans.length; i++) {
            plan[i] = footprint.of(plans[i], texts.get(i).sql());
            beyond[i] = allocated[i] - plan[i];
        }
        double without =
                100.0 * Arrays.stream(beyond).filter(bytes -> bytes <= 0).count() / plans.length;
        System.out.printf(
                "| %s | %d | %d | %.0f | %d | %.0f | %d | %.0f | %.1f |%n",
                name,
                plans.length,
                median(allocated),
                mean(allocated),
                median(plan),
                mean(plan),
                median(beyond),
                mean(beyond),
                without);
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("program", "PlanBytes");
        found.put("texts", name);
        found.put("allocatedMedian", median(allocated));
        found.put("planMedian", median(plan));
        found.put("beyondMedian", median(beyond));
        found.put("beyondMean", mean(beyond));
        found.put("withoutPercent", without);
        Child.tell(found);
    }

    private static long median(long[] figures) {
        long[] sorted = figures.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    private static double mean(long[] figures) {
        return Arrays.stream(figures).average().orElse(0);
    }
}
