package dev.afterimage.jdbc.sql;

import java.util.List;

/**
 * What a WHERE clause says about the key of the rows that a statement changes.
 *
 * @param shape the form of the whole clause
 * @param conjuncts the top-level AND conjuncts that fix columns; never one from under an OR or a NOT
 */
public record KeyPredicate(Shape shape, List<KeyConjunct> conjuncts) {

    /** The form of a WHERE clause. */
    public enum Shape {
        /** There is no WHERE. */
        NONE,
        /** Nothing but conjuncts that fix columns: the listed keys are all the rows that can match. */
        EQUALITIES,
        /** Conjuncts that fix columns, and others: the rows are among the listed keys. */
        MIXED,
        /** No conjunct fixes a column. */
        OTHER,
        /** WHERE CURRENT OF a cursor. */
        CURRENT_OF
    }

    static final KeyPredicate ABSENT = new KeyPredicate(Shape.NONE, List.of());
    static final KeyPredicate UNUSABLE = new KeyPredicate(Shape.OTHER, List.of());
    static final KeyPredicate CURSOR = new KeyPredicate(Shape.CURRENT_OF, List.of());

    KeyPredicate ownedBy(Target target, boolean otherTables) {
        if (conjuncts.isEmpty()) {
            return this;
        }
        KeyConjunct[] resolved = new KeyConjunct[conjuncts.size()];
        for (int i = 0; i < resolved.length; i++) {
            resolved[i] = conjuncts.get(i).ownedBy(target, otherTables);
        }
        return new KeyPredicate(shape, List.of(resolved));
    }
}
