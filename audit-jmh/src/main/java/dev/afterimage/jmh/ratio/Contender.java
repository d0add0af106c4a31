package dev.afterimage.jmh.ratio;

import java.util.Map;

/** Something that is measured once per round. Equal contenders are measured once for all rows that name them. */
interface Contender {

    /** What stands in the table: the wrapper's or the queue's name. */
    String name();

    /** Where the figures of a run can be told from those of another contender of the same name. */
    String key();

    /**
     * Measures once.
     *
     * @return figures by their metric
     * @throws MeasurementFailedException if there are none
     */
    Map<String, Double> measure() throws MeasurementFailedException;
}
