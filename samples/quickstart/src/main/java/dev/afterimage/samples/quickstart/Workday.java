package dev.afterimage.samples.quickstart;

import dev.afterimage.core.AuditContext;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Four people at work at once, each with a name that the trail shall remember. */
@SuppressWarnings("try") // A scope does its work by being open.
final class Workday {

    /** As many work at the same time. */
    static final int PEOPLE = 4;

    private static final List<String> NAMES = List.of("alice", "bob", "carol", "dave");
    private static final List<String> CITIES = List.of("Springfield", "Shelbyville", "Ogdenville", "Brockway");
    private static final List<String> STREETS = List.of("Elm Street", "Oak Avenue", "Mill Lane", "Harbour Road");
    private static final String SERIALIZATION_FAILURES = "40";

    private final Office office;
    private final long tasks;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final List<Long> agents = new ArrayList<>();
    private final Choice<Long> listings = new Choice<>();
    private final Choice<Office.Sale> sales = new Choice<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
    private volatile @Nullable Exception failure;

    Workday(Office office, long tasks) {
        this.office = office;
        this.tasks = tasks;
    }

    /** Hires, and sends everybody to work. */
    void begin() throws SQLException {
        try (var scope = AuditContext.actor("owner").reason("opening day").open()) {
            for (String name : NAMES) {
                agents.add(office.hire(name, new BigDecimal("2.50")));
            }
        }
        for (int person = 0; person < PEOPLE; person++) {
            int number = person;
            threads.execute(() -> work(number));
        }
        threads.shutdown();
    }

    private void work(int person) {
        Random random = new Random(person);
        while (failure == null && begun.getAndIncrement() < tasks) {
            try (var scope = AuditContext.actor(NAMES.get(person))
                    .tenant(person < 2 ? "north" : "south")
                    .requestId("desk-" + person + "-" + begun.get())
                    .open()) {
                doOneThing(random, agents.get(person));
            } catch (SQLException e) {
                // The loser of a deadlock: rolled back, and the day goes on.
                if (e.getSQLState() == null || !e.getSQLState().startsWith(SERIALIZATION_FAILURES)) {
                    failure = e;
                }
            } catch (RuntimeException e) {
                failure = e;
            }
            done.incrementAndGet();
        }
    }

    private void doOneThing(Random random, long agent) throws SQLException {
        int dice = random.nextInt(1000);
        Long listing = listings.any(random);
        Office.Sale sale = sales.any(random);
        if (dice < 200 || listing == null) {
            list(random, agent);
        } else if (dice < 400) {
            office.reprice(listing, percent(90 + random.nextInt(20)));
        } else if (dice < 550 || sale == null) {
            sell(random, listing);
        } else if (dice < 850) {
            move(random, sale);
        } else if (dice < 900) {
            advertise(random);
        } else if (dice < 940) {
            cancel(sale);
        } else if (dice < 990) {
            withdraw(listing);
        } else {
            discount(random);
        }
    }

    private void list(Random random, long agent) throws SQLException {
        String address = (1 + random.nextInt(200)) + " " + any(STREETS, random);
        BigDecimal price = BigDecimal.valueOf(100_000 + 500L * random.nextInt(1000));
        listings.add(office.list(agent, address, any(CITIES, random), price));
    }

    private void sell(Random random, Long listing) throws SQLException {
        Office.Sale sale = office.sell(listing, "buyer " + random.nextInt(1000), BigDecimal.valueOf(5_000));
        if (sale != null) {
            listings.remove(listing);
            sales.add(sale);
        }
    }

    private void move(Random random, Office.Sale sale) throws SQLException {
        boolean in = random.nextBoolean();
        BigDecimal amount = BigDecimal.valueOf(100L * (1 + random.nextInt(40)));
        try (var scope = AuditContext.actor(actor())
                .reason(in ? "payment by the buyer" : "payment to the notary")
                .open()) {
            office.move(sale, in ? "deposit" : "payment", in ? amount : amount.negate());
        }
    }

    private static String actor() {
        var current = AuditContext.current();
        return current == null || current.name() == null ? "nobody" : current.name();
    }

    private void advertise(Random random) throws SQLException {
        office.advertise(listings.some(random, 6), "open house, week " + (1 + random.nextInt(52)));
    }

    private void cancel(Office.Sale sale) throws SQLException {
        if (sales.remove(sale)) {
            office.cancel(sale);
            listings.add(sale.listing());
        }
    }

    private void withdraw(Long listing) throws SQLException {
        if (listings.remove(listing)) {
            office.withdraw(listing);
        }
    }

    private void discount(Random random) throws SQLException {
        try (var scope = AuditContext.actor(actor()).reason("season's end").open()) {
            office.discount(any(CITIES, random), percent(99));
        }
    }

    private static BigDecimal percent(int percent) {
        return BigDecimal.valueOf(percent, 2);
    }

    private static String any(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    long done() {
        return done.get();
    }

    /** Waits until as many tasks are done, at most some time; returns whether they are. */
    boolean awaitDone(long count, long millis) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (done() < count && System.nanoTime() < end) {
            checkFailure();
            threads.awaitTermination(20, TimeUnit.MILLISECONDS);
        }
        checkFailure();
        return done() >= count;
    }

    private void checkFailure() throws Exception {
        Exception failed = failure;
        if (failed != null) {
            throw failed;
        }
    }
}
