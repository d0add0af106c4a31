package dev.afterimage.jdbc.fidelity;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An entity with a version, a key from a sequence, and a collection in a table of its own. */
@Entity
@Table(name = "book")
class Book {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "book")
    @SequenceGenerator(name = "book", sequenceName = "book_seq", allocationSize = 50)
    @Nullable
    Long id;

    @Version
    int version;

    @Nullable
    String title;

    @Nullable
    BigDecimal price;

    @Nullable
    LocalDate published;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "author_id")
    @Nullable
    Author author;

    @ElementCollection
    @CollectionTable(name = "book_tag", joinColumns = @JoinColumn(name = "book_id"))
    @Column(name = "tag", nullable = false)
    Set<String> tags = new HashSet<>();

    /** For Hibernate. */
    Book() {}

    Book(@Nullable String title, @Nullable BigDecimal price, Author author) {
        this.title = title;
        this.price = price;
        this.author = author;
    }

    /** An entity whose key the application gives. */
    @Entity
    @Table(name = "author")
    static class Author {

        @Id
        int id;

        @Nullable
        String name;

        @Version
        int version;

        /** For Hibernate. */
        Author() {}

        Author(int id, @Nullable String name) {
            this.id = id;
            this.name = name;
        }
    }
}
