package dev.afterimage.jdbc.fidelity;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each step was done, and how often it failed, and as what: a step that never succeeds tests nothing. */
final class StepLog {

    private final Map<String, LongAdder> done = new ConcurrentHashMap<>();
    private final Map<String, Map<String, LongAdder>> failed = new ConcurrentHashMap<>();
    private final Map<String, String> messages = new ConcurrentHashMap<>();

    void done(String step) {
        done.computeIfAbsent(step, any -> new LongAdder()).increment();
    }

    void failed(String step, SQLException e) {
        failed.computeIfAbsent(step, any -> new ConcurrentHashMap<>())
                .computeIfAbsent(String.valueOf(e.getSQLState()), any -> new LongAdder())
                .increment();
        messages.putIfAbsent(step, String.valueOf(e.getMessage()));
    }

    /** How often a step has succeeded. */
    long count(String step) {
        LongAdder count = done.get(step);
        return count == null ? 0 : count.sum();
    }

    long failures(String step) {
        return failed.getOrDefault(step, Map.of()).values().stream()
                .mapToLong(LongAdder::sum)
                .sum();
    }

    String example(String step) {
        return messages.getOrDefault(step, "");
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        Map<String, String> lines = new TreeMap<>();
        done.keySet().forEach(step -> lines.put(step, ""));
        failed.forEach((step, states) -> lines.put(step, states + " " + example(step)));
        lines.forEach((step, failures) -> text.append(step)
                .append(": ")
                .append(count(step))
                .append(' ')
                .append(failures)
                .append('\n'));
        return text.toString();
    }
}
