package dev.afterimage.jmh.ratio;

import dev.afterimage.jmh.Child;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that measures once and tells what it found, in a JVM of its own.
 *
 * @param main its class
 * @param arguments each {@code name=value}
 */
record ChildContender(String name, Class<?> main, List<String> jvmArguments, List<String> arguments)
        implements Contender {

    ChildContender {
        jvmArguments = List.copyOf(jvmArguments);
        arguments = List.copyOf(arguments);
    }

    @Override
    public String key() {
        return main.getSimpleName() + arguments;
    }

    @Override
    public Map<String, Double> measure() throws MeasurementFailedException {
        try {
            return figures(Child.run(main, jvmArguments, arguments).get(0));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementFailedException(key(), e);
        } catch (IOException | RuntimeException e) {
            throw new MeasurementFailedException(key(), e);
        }
    }

    /** What is a number; the rest says what was measured. */
    private static Map<String, Double> figures(Map<String, String> told) {
        Map<String, Double> figures = new HashMap<>();
        told.forEach((name, value) -> {
            if (value.matches("-?\\d+(\\.\\d+)?(E-?\\d+)?")) {
                figures.put(name, Double.valueOf(value));
            }
        });
        return figures;
    }
}
