package dev.afterimage.jdbc.fidelity;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.afterimage.jdbc.fidelity.World.Product;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** Transactions of statements as jOOQ writes them. */
final class JooqWorks {

    private final DSLContext context;
    private final Table<Record> item;
    private final Table<Record> ticket;
    private final Field<Integer> id;
    private final Field<Integer> owner;
    private final Field<String> name;
    private final Field<BigDecimal> price;
    private final Field<Integer> ticketId;
    private final Field<String> ticketName;

    JooqWorks(World world, DataSource audited) {
        SQLDialect dialect = switch (world.product()) {
            case POSTGRESQL -> SQLDialect.POSTGRES;
            case MARIADB -> SQLDialect.MARIADB;
            case H2 -> SQLDialect.H2;
        };
        context = DSL.using(new MarkedDataSource(world, audited), dialect);
        boolean upper = world.is(Product.H2);
        item = table(name(spelled("item", upper)));
        ticket = table(name(spelled("ticket", upper)));
        id = column("item", "id", Integer.class, upper);
        owner = column("item", "owner", Integer.class, upper);
        name = column("item", "name", String.class, upper);
        price = column("item", "price", BigDecimal.class, upper);
        ticketId = column("ticket", "id", Integer.class, upper);
        ticketName = column("ticket", "name", String.class, upper);
    }

    private static String spelled(String name, boolean upper) {
        return upper ? name.toUpperCase(Locale.ROOT) : name;
    }

    private static <T> Field<T> column(String table, String column, Class<T> type, boolean upper) {
        return field(name(spelled(table, upper), spelled(column, upper)), type);
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    private interface Unit {
        void run(DSLContext jooq, Work work);
    }

    List<Step> all() {
        return List.of(
                step("insert and update", this::insertAndUpdate),
                step("returning", this::returning),
                step("upsert", this::upsert),
                step("several rows", this::severalRows),
                step("batch", this::batch),
                step("bulk", this::bulk),
                step("nested", this::nested));
    }

    private Step step(String what, Unit unit) {
        return new Step("jOOQ: " + what, 1, work -> {
            MarkedDataSource.work(work.number());
            try {
                context.transaction(configuration -> {
                    work.explicit();
                    unit.run(configuration.dsl(), work);
                });
            } catch (DataAccessException e) {
                SQLException cause = e.getCause(SQLException.class);
                throw cause == null ? new SQLException(e.getMessage(), "JOOQ", e) : cause;
            }
        });
    }

    private void insertAndUpdate(DSLContext jooq, Work work) {
        int row = work.id();
        jooq.deleteFrom(item).where(id.eq(row)).execute();
        jooq.insertInto(item)
                .set(id, row)
                .set(owner, work.thread)
                .set(name, work.text())
                .set(price, work.money())
                .execute();
        jooq.update(item)
                .set(name, work.text())
                .setNull(price)
                .where(id.eq(row))
                .execute();
    }

    private void returning(DSLContext jooq, Work work) {
        Record made = jooq.insertInto(ticket)
                .set(ticketName, work.text())
                .returning(ticketId)
                .fetchOne();
        if (made != null && work.oneIn(2)) {
            jooq.deleteFrom(ticket).where(ticketId.eq(made.get(ticketId))).execute();
        }
    }

    private void upsert(DSLContext jooq, Work work) {
        jooq.insertInto(item)
                .columns(id, owner, name)
                .values(work.id(), work.thread, work.word())
                .onConflict(id)
                .doUpdate()
                .set(name, work.word())
                .execute();
        jooq.insertInto(item)
                .columns(id, owner, name)
                .values(work.ownId(), work.thread, work.word())
                .onConflict(id)
                .doNothing()
                .execute();
    }

    private void severalRows(DSLContext jooq, Work work) {
        int row = work.ownId();
        jooq.deleteFrom(item).where(id.in(row, row + 100)).execute();
        jooq.insertInto(item)
                .columns(id, owner, name)
                .values(row, work.thread, work.text())
                .values(row + 100, work.thread, work.text())
                .execute();
    }

    private void batch(DSLContext jooq, Work work) {
        List<Query> queries = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            queries.add(jooq.update(item).set(name, work.text()).where(id.eq(work.ownId())));
        }
        jooq.batch(queries).execute();
        int row = work.ownId();
        jooq.deleteFrom(item).where(id.in(row + 200, row + 201)).execute();
        jooq.batch(jooq.insertInto(item).columns(id, owner, name).values((Integer) null, null, null))
                .bind(row + 200, work.thread, work.text())
                .bind(row + 201, work.thread, work.text())
                .execute();
    }

    private void bulk(DSLContext jooq, Work work) {
        jooq.update(item)
                .set(price, price.plus(1))
                .where(owner.eq(work.thread).and(name.like("text 1%")))
                .execute();
        jooq.deleteFrom(item)
                .where(owner.eq(work.thread).and(price.lt(BigDecimal.ZERO)))
                .execute();
    }

    /** A nested transaction is a savepoint; it may be rolled back by an exception that the outer one survives. */
    private void nested(DSLContext jooq, Work work) {
        insertAndUpdate(jooq, work);
        try {
            jooq.transaction(inner -> {
                insertAndUpdate(inner.dsl(), work);
                if (work.oneIn(2)) {
                    throw new DataAccessException("rolled back by the application");
                }
            });
        } catch (DataAccessException expected) {
            if (expected.getCause(SQLException.class) != null) {
                throw expected;
            }
        }
        insertAndUpdate(jooq, work);
    }
}
