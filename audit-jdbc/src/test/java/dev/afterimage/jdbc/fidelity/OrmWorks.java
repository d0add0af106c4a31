package dev.afterimage.jdbc.fidelity;

import java.util.ArrayList;
import java.util.List;

/** Works whose statements are made by a framework. */
final class OrmWorks implements AutoCloseable {

    private final HibernateWorks hibernate;
    private final JooqWorks jooq;

    OrmWorks(World world, Sources sources) {
        hibernate = new HibernateWorks(world, sources.abovePool());
        jooq = new JooqWorks(world, sources.belowPool());
    }

    List<Step> all() {
        List<Step> works = new ArrayList<>(hibernate.all());
        works.addAll(jooq.all());
        return works;
    }

    @Override
    public void close() {
        hibernate.close();
    }
}
