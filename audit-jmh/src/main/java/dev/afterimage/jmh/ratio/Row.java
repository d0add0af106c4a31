package dev.afterimage.jmh.ratio;

import java.util.List;
import java.util.stream.Stream;

/**
 * A row of the table.
 *
 * @param name the work, in words
 * @param metric which of the contenders' figures
 * @param unit of the figure
 * @param ours what is held against the goal
 * @param rivals the others; may be empty
 */
record Row(String name, String metric, String unit, Goal goal, Contender ours, List<Contender> rivals) {

    Row {
        rivals = List.copyOf(rivals);
        boolean compares = goal.kind() != Goal.Kind.AT_MOST && goal.kind() != Goal.Kind.AT_LEAST;
        if (compares && rivals.isEmpty()) {
            throw new IllegalArgumentException(name + " has nobody to compare with");
        }
    }

    Stream<Contender> contenders() {
        return Stream.concat(Stream.of(ours), rivals.stream());
    }
}
