package dev.afterimage.jmh.tpcb;

import java.util.List;

/**
 * The tables, with pgbench's columns and padding. History has a key, which the application gives, so that a trail can
 * name its rows.
 */
final class Schema {

    static final String NAME = "tpcb_benchmark";
    static final int TELLERS_PER_BRANCH = 10;
    static final int ACCOUNTS_PER_BRANCH = 100_000;

    /** The tables that transactions change. */
    static final List<String> TABLES = List.of("branch", "teller", "account", "history");

    private Schema() {}

    static List<String> create(int scale) {
        return List.of(
                "create schema " + NAME,
                "create table " + NAME + ".branch (id int not null, balance int not null, filler char(88))",
                "create table " + NAME
                        + ".teller (id int not null, branch int not null, balance int not null, filler char(84))",
                "create table " + NAME
                        + ".account (id int not null, branch int not null, balance int not null, filler char(84))",
                "create table " + NAME + ".history (id bigint primary key, teller int not null, branch int not null,"
                        + " account int not null, delta int not null, changed_at timestamp not null, filler char(22))",
                "insert into " + NAME + ".branch select i, 0, '' from generate_series(1, " + scale + ") i",
                fill("teller", scale, TELLERS_PER_BRANCH),
                fill("account", scale, ACCOUNTS_PER_BRANCH),
                "alter table " + NAME + ".branch add primary key (id)",
                "alter table " + NAME + ".teller add primary key (id)",
                "alter table " + NAME + ".account add primary key (id)",
                "vacuum analyze " + NAME + ".account");
    }

    private static String fill(String table, int scale, int perBranch) {
        return "insert into " + NAME + "." + table + " select i, (i - 1) / " + perBranch
                + " + 1, 0, '' from generate_series(1, " + scale * perBranch + ") i";
    }

    /** Brings the tables back to where a measurement begins; balances stay, no query depends on them. */
    static List<String> reset() {
        return List.of(
                "truncate " + NAME + ".history",
                "vacuum analyze " + NAME + ".branch",
                "vacuum analyze " + NAME + ".teller",
                "vacuum " + NAME + ".account");
    }

    static String drop() {
        return "drop schema " + NAME + " cascade";
    }
}
