package dev.afterimage.jdbc.fidelity;

import java.sql.SQLException;

/**
 * One thing that an application may do within a transaction.
 *
 * @param name for people
 * @param weight how often, beside the others
 */
record Step(String name, int weight, Body body) {

    /** What is done. An SQLException is a part of life: the workload goes on as an application would. */
    @FunctionalInterface
    interface Body {
        void run(Work work) throws SQLException;
    }
}
