package dev.afterimage.jdbc.fidelity;

import dev.afterimage.jdbc.fidelity.Book.Author;
import dev.afterimage.jdbc.fidelity.World.Product;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.HibernateException;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.jspecify.annotations.Nullable;

/** Units of work as Hibernate makes them. */
final class HibernateWorks implements AutoCloseable {

    private final SessionFactory sessions;

    HibernateWorks(World world, DataSource audited) {
        StandardServiceRegistryBuilder settings = new StandardServiceRegistryBuilder()
                .applySetting(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, new MarkedDataSource(world, audited))
                .applySetting(AvailableSettings.STATEMENT_BATCH_SIZE, 10)
                .applySetting(AvailableSettings.ORDER_INSERTS, true)
                .applySetting(AvailableSettings.ORDER_UPDATES, true)
                .applySetting(AvailableSettings.HBM2DDL_AUTO, "none");
        sessions = new MetadataSources(settings.build())
                .addAnnotatedClass(Book.class)
                .addAnnotatedClass(Author.class)
                .buildMetadata()
                .buildSessionFactory();
    }

    /** What is done in a session. */
    @FunctionalInterface
    private interface Unit {
        void run(Session session, Work work);
    }

    List<Step> all() {
        return List.of(
                step("persist and collect", 2, HibernateWorks::persist),
                step("change what was loaded", 2, HibernateWorks::change),
                step("remove", 1, HibernateWorks::remove),
                step("merge", 1, HibernateWorks::merge),
                step("bulk HQL", 1, HibernateWorks::bulk),
                new Step("Hibernate: stateless", 1, this::stateless));
    }

    private Step step(String name, int weight, Unit unit) {
        return new Step("Hibernate: " + name, weight, work -> inTransaction(unit, work));
    }

    private void inTransaction(Unit unit, Work work) throws SQLException {
        MarkedDataSource.work(work.number());
        try (Session session = sessions.openSession()) {
            Transaction transaction = session.beginTransaction();
            try {
                unit.run(session, work);
                if (work.oneIn(6)) {
                    session.flush();
                    transaction.rollback();
                } else {
                    transaction.commit();
                }
            } catch (RuntimeException e) {
                if (transaction.isActive() || transaction.getStatus().canRollback()) {
                    transaction.rollback();
                }
                throw failure(e);
            }
        }
    }

    private static SQLException failure(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        if (e instanceof HibernateException || e instanceof jakarta.persistence.PersistenceException) {
            return new SQLException(e.getMessage(), "HIBER", e);
        }
        throw e;
    }

    /** The author of the thread, lest sessions change one entity at once. */
    private static Author author(Session session, Work work) {
        int id = work.thread + 1;
        Author author = session.find(Author.class, id);
        if (author == null) {
            author = new Author(id, work.text());
            session.persist(author);
        }
        return author;
    }

    private static void persist(Session session, Work work) {
        Author author = author(session, work);
        for (int i = 1 + work.random.nextInt(4); i > 0; i--) {
            Book book = new Book(work.text(), price(work), author);
            book.published = work.oneIn(2) ? LocalDate.of(2026, 1, 1).plusDays(work.random.nextInt(300)) : null;
            for (int tag = work.random.nextInt(3); tag > 0; tag--) {
                book.tags.add("tag" + tag);
            }
            session.persist(book);
        }
    }

    private static @Nullable BigDecimal price(Work work) {
        return work.oneIn(5) ? null : BigDecimal.valueOf(work.random.nextInt(100_000), 2);
    }

    private static List<Book> some(Session session, Work work) {
        return session.createQuery("from Book b where b.author.id = :author order by b.id", Book.class)
                .setParameter("author", work.thread + 1)
                .setMaxResults(1 + work.random.nextInt(8))
                .list();
    }

    private static void change(Session session, Work work) {
        for (Book book : some(session, work)) {
            book.title = work.text();
            if (work.oneIn(2)) {
                book.price = price(work);
            }
            if (!book.tags.remove("tag1")) {
                book.tags.add("tag" + work.random.nextInt(3));
            }
        }
        author(session, work).name = work.text();
    }

    private static void remove(Session session, Work work) {
        some(session, work).forEach(session::remove);
    }

    private static void merge(Session session, Work work) {
        for (Book book : some(session, work)) {
            session.detach(book);
            book.title = "merged " + work.word();
            session.merge(book);
        }
    }

    private static void bulk(Session session, Work work) {
        if (work.oneIn(2)) {
            session.createMutationQuery(
                            "update Book b set b.title = :title where b.author.id = :author and b.price < 500")
                    .setParameter("title", work.word())
                    .setParameter("author", work.thread + 1)
                    .executeUpdate();
            return;
        }
        List<Long> ids = some(session, work).stream().map(book -> book.id).toList();
        session.createNativeMutationQuery("delete from book_tag where book_id in (:ids)")
                .setParameterList("ids", ids.isEmpty() ? List.of(-1L) : ids)
                .executeUpdate();
        session.createMutationQuery("delete from Book b where b.id in (:ids)")
                .setParameterList("ids", ids.isEmpty() ? List.of(-1L) : ids)
                .executeUpdate();
    }

    private void stateless(Work work) throws SQLException {
        MarkedDataSource.work(work.number());
        try (StatelessSession session = sessions.openStatelessSession()) {
            Transaction transaction = session.beginTransaction();
            Author author = session.get(Author.class, work.thread + 1);
            Book book =
                    new Book(work.text(), price(work), author == null ? new Author(work.thread + 1, "new") : author);
            if (author == null) {
                session.insert(book.author);
            }
            session.insert(book);
            book.title = work.text();
            session.update(book);
            if (work.oneIn(2) && !work.is(Product.H2)) {
                session.delete(book);
            }
            transaction.commit();
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        sessions.close();
    }
}
