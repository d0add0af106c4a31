package dev.afterimage.samples.quickstart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a brokerage office does with its database. Ordinary code: nothing in here knows that it is audited. Each method is
 * one transaction; methods that change a row others may be changing lock it first.
 */
final class Office {

    private static final String LOCK_LISTING =
            "SELECT price FROM listing WHERE id = ? AND status = 'active' FOR UPDATE";
    private static final String LOCK_ACCOUNT = "SELECT balance FROM escrow_account WHERE id = ? FOR UPDATE";
    private static final String ENTER =
            "INSERT INTO escrow_entry (account_id, entry_no, kind, amount, made_at) VALUES (?, ?, ?, ?, ?)";

    private final DataSource dataSource;

    /** A house that may have been sold, and its money's account. */
    record Sale(long id, long listing, long account) {}

    Office(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Autocommit: the statement is the transaction. */
    long hire(String name, BigDecimal commission) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Transaction.insert(
                    connection, "INSERT INTO agent (name, commission, active) VALUES (?, ?, true)", name, commission);
        }
    }

    long list(long agent, String address, String city, BigDecimal price) throws SQLException {
        try (Transaction transaction = Transaction.begin(dataSource)) {
            long id = transaction.insert(
                    "INSERT INTO listing (agent_id, address, city, price, status, listed_on, remarks)"
                            + " VALUES (?, ?, ?, ?, 'active', ?, NULL)",
                    agent,
                    address,
                    city,
                    price,
                    LocalDate.now(ZoneOffset.UTC));
            transaction.commit();
            return id;
        }
    }

    /** Returns whether the house is still for sale. */
    boolean reprice(long listing, BigDecimal factor) throws SQLException {
        try (Transaction transaction = Transaction.begin(dataSource)) {
            BigDecimal price = transaction.number(LOCK_LISTING, listing);
            if (price == null) {
                return false;
            }
            transaction.update(
                    "UPDATE listing SET price = ? WHERE id = ?",
                    price.multiply(factor).setScale(2, RoundingMode.HALF_UP),
                    listing);
            transaction.commit();
            return true;
        }
    }

    /** A JDBC batch: many rows, one round trip. */
    void advertise(List<Long> listings, String remarks) throws SQLException {
        try (Transaction transaction = Transaction.begin(dataSource);
                PreparedStatement statement =
                        transaction.connection().prepareStatement("UPDATE listing SET remarks = ? WHERE id = ?")) {
            for (Long listing : listings) {
                statement.setString(1, remarks);
                statement.setLong(2, listing);
                statement.addBatch();
            }
            statement.executeBatch();
            transaction.commit();
        }
    }

    /** A bulk update: the database alone knows which rows. */
    int discount(String city, BigDecimal factor) throws SQLException {
        try (Transaction transaction = Transaction.begin(dataSource)) {
            int rows = transaction.update(
                    "UPDATE listing SET price = round(price * ?, 2) WHERE city = ? AND status = 'active'",
                    factor,
                    city);
            transaction.commit();
            return rows;
        }
    }

    /** Returns whether the house was still there to withdraw. */
    boolean withdraw(long listing) throws SQLException {
        try (Transaction transaction = Transaction.begin(dataSource)) {
            boolean free = transaction.number(LOCK_LISTING, listing) != null;
            if (free) {
                transaction.update("DELETE FROM listing WHERE id = ?", listing);
                transaction.commit();
            }
            return free;
        }
    }

    /**
     * Sells a house: four tables, one transaction, and a savepoint around an offer that is turned down.
     *
     * @return null if the house is not for sale
     */
    @Nullable
    Sale sell(long listing, String buyer, BigDecimal deposit) throws SQLException {
        try (Transaction transaction = Transaction.begin(dataSource)) {
            BigDecimal price = transaction.number(LOCK_LISTING, listing);
            if (price == null) {
                return null;
            }
            long sale = transaction.insert(
                    "INSERT INTO sale (listing_id, buyer, price, closes_on) VALUES (?, ?, ?, NULL)",
                    listing,
                    buyer,
                    price);
            Savepoint beforeOffer = transaction.connection().setSavepoint();
            transaction.update("UPDATE sale SET price = ? WHERE id = ?", price.subtract(BigDecimal.TEN), sale);
            transaction.connection().rollback(beforeOffer);
            long account = transaction.insert(
                    "INSERT INTO escrow_account (sale_id, balance, status) VALUES (?, ?, 'open')", sale, deposit);
            enter(transaction, account, 1, "opened", deposit);
            transaction.update("UPDATE listing SET status = 'sold' WHERE id = ?", listing);
            transaction.update(
                    "UPDATE sale SET closes_on = ? WHERE id = ?",
                    LocalDate.now(ZoneOffset.UTC).plusDays(30),
                    sale);
            transaction.commit();
            return new Sale(sale, listing, account);
        }
    }

    private static void enter(Transaction transaction, long account, int number, String kind, BigDecimal amount)
            throws SQLException {
        transaction.update(ENTER, account, number, kind, amount, OffsetDateTime.now(ZoneOffset.UTC));
    }

    /**
     * Moves money. Entry and balance are written before the check, as real code does; a payment that the account cannot
     * bear is rolled back.
     *
     * @return whether it was kept
     */
    boolean move(Sale sale, String kind, BigDecimal amount) throws SQLException {
        try (Transaction transaction = Transaction.begin(dataSource)) {
            BigDecimal balance = transaction.number(LOCK_ACCOUNT, sale.account());
            if (balance == null) {
                return false;
            }
            BigDecimal last = transaction.number(
                    "SELECT coalesce(max(entry_no), 0) FROM escrow_entry WHERE account_id = ?", sale.account());
            enter(transaction, sale.account(), last == null ? 1 : last.intValue() + 1, kind, amount);
            BigDecimal after = balance.add(amount);
            transaction.update("UPDATE escrow_account SET balance = ? WHERE id = ?", after, sale.account());
            if (after.signum() < 0) {
                return false;
            }
            transaction.commit();
            return true;
        }
    }

    /** Undoes a sale; the entries go by one statement that names the account, not the entries. */
    void cancel(Sale sale) throws SQLException {
        try (Transaction transaction = Transaction.begin(dataSource)) {
            transaction.number("SELECT id FROM listing WHERE id = ? FOR UPDATE", sale.listing());
            if (transaction.number(LOCK_ACCOUNT, sale.account()) == null) {
                return;
            }
            transaction.update("DELETE FROM escrow_entry WHERE account_id = ?", sale.account());
            transaction.update("DELETE FROM escrow_account WHERE id = ?", sale.account());
            transaction.update("DELETE FROM sale WHERE id = ?", sale.id());
            transaction.update("UPDATE listing SET status = 'active' WHERE id = ?", sale.listing());
            transaction.commit();
        }
    }
}
