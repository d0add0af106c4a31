package dev.afterimage.jmh;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A program's arguments, each {@code name=value}, over its defaults. */
final class Options {

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads arguments.
     *
     * @param defaults every name there is, with its value if none is given
     * @throws IllegalArgumentException for a name that is not among them
     */
    static Options of(String[] arguments, Map<String, String> defaults) {
        Map<String, String> values = new LinkedHashMap<>(defaults);
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            if (pair.length < 2 || values.replace(pair[0], pair[1]) == null) {
                throw new IllegalArgumentException("argument " + argument + ": allowed are name=value of " + defaults);
            }
        }
        return new Options(values);
    }

    String text(String name) {
        return values.get(name);
    }

    List<String> list(String name) {
        return Arrays.asList(values.get(name).split(","));
    }

    int number(String name) {
        return Integer.parseInt(values.get(name));
    }

    double decimal(String name) {
        return Double.parseDouble(values.get(name));
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
