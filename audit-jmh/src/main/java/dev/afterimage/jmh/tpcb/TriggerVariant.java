package dev.afterimage.jmh.tpcb;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Triggers in the database write the trail. */
final class TriggerVariant implements Variant {

    private final String name;
    private final String note;
    private final List<String> create;
    private final String count;
    private final List<String> drop;

    private TriggerVariant(String name, String note, List<String> create, String count, List<String> drop) {
        this.name = name;
        this.note = note;
        this.create = create;
        this.count = count;
        this.drop = drop;
    }

    /** In the manner of audit_star: a history table per source table, as jsonb, of an update what it changed only. */
    static TriggerVariant changesOnly() {
        return new TriggerVariant(
                "trigger-star",
                "triggers in the manner of audit_star: a history table per table, jsonb of what changed only",
                Schema.TABLES.stream().flatMap(TriggerVariant::starTable).toList(),
                "select sum(n) from ("
                        + String.join(
                                " union all ",
                                Schema.TABLES.stream()
                                        .map(table -> "select count(*) n from " + star(table))
                                        .toList())
                        + ") counts",
                Schema.TABLES.stream()
                        .flatMap(table ->
                                Stream.of("drop function " + star(table) + "() cascade", "drop table " + star(table)))
                        .toList());
    }

    /** In the manner of Heap's article: the row as jsonb; an update is an old and a new row that share a number. */
    static TriggerVariant wholeRows() {
        String audit = Schema.NAME + ".row_audit";
        return new TriggerVariant(
                "trigger-heap",
                "triggers in the manner of Heap's article: the whole row as jsonb, of an update the old and the new one",
                Stream.concat(wholeRowTable(audit), Schema.TABLES.stream().map(table -> trigger(table, audit)))
                        .toList(),
                "select count(distinct entry) from " + audit,
                List.of(
                        "drop function " + audit + "() cascade",
                        "drop table " + audit,
                        "drop sequence " + audit + "_entry"));
    }

    private static String star(String table) {
        return Schema.NAME + ".audit_" + table;
    }

    private static Stream<String> starTable(String table) {
        String audit = star(table);
        String insert = "insert into " + audit + " (row_id, operation, before, change) values ";
        return Stream.of(
                "create table " + audit
                        + " (id bigint generated always as identity primary key, row_id bigint not null,"
                        + " at timestamptz not null default clock_timestamp(), operation text not null,"
                        + " db_user text not null default session_user, agent text default"
                        + " current_setting('audit.agent', true), before jsonb, change jsonb)",
                "create function " + audit + "() returns trigger language plpgsql as $$\n"
                        + "declare\n  was jsonb;\n  became jsonb;\nbegin\n"
                        + "  if tg_op = 'INSERT' then\n"
                        + "    " + insert + "(new.id, 'I', null, null);\n"
                        + "  elsif tg_op = 'DELETE' then\n"
                        + "    " + insert + "(old.id, 'D', to_jsonb(old), null);\n"
                        + "  else\n"
                        + "    select jsonb_object_agg(o.key, o.value), jsonb_object_agg(n.key, n.value) into was, became\n"
                        + "    from jsonb_each(to_jsonb(old)) o join jsonb_each(to_jsonb(new)) n using (key)\n"
                        + "    where o.value is distinct from n.value;\n"
                        + "    if was is not null then\n"
                        + "      " + insert + "(old.id, 'U', was, became);\n"
                        + "    end if;\n"
                        + "  end if;\n  return null;\nend $$",
                trigger(table, audit));
    }

    private static Stream<String> wholeRowTable(String audit) {
        String insert = "insert into " + audit + " (entry, table_name, operation, image, content) values ";
        return Stream.of(
                "create sequence " + audit + "_entry",
                "create table " + audit + " (id bigint generated always as identity primary key, entry bigint not null,"
                        + " at timestamptz not null default clock_timestamp(), table_name text not null,"
                        + " operation text not null, image text not null, content jsonb not null)",
                "create function " + audit + "() returns trigger language plpgsql as $$\n"
                        + "declare\n  number bigint := nextval('" + audit + "_entry');\nbegin\n"
                        + "  if tg_op = 'INSERT' then\n"
                        + "    " + insert + "(number, tg_table_name, tg_op, 'new', to_jsonb(new));\n"
                        + "  elsif tg_op = 'DELETE' then\n"
                        + "    " + insert + "(number, tg_table_name, tg_op, 'old', to_jsonb(old));\n"
                        + "  else\n"
                        + "    " + insert + "(number, tg_table_name, tg_op, 'old', to_jsonb(old)),\n"
                        + "      (number, tg_table_name, tg_op, 'new', to_jsonb(new));\n"
                        + "  end if;\n  return null;\nend $$");
    }

    private static String trigger(String table, String function) {
        return "create trigger audited after insert or update or delete on " + Schema.NAME + "." + table
                + " for each row execute function " + function + "()";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Kind kind() {
        return Kind.TRAIL;
    }

    @Override
    public String note() {
        return note;
    }

    @Override
    public Recording open(Database database, Condition condition) throws SQLException {
        database.execute(create);
        HikariDataSource pool = database.pool(condition);
        return new Recording() {
            @Override
            public DataSource dataSource() {
                return pool;
            }

            @Override
            public OptionalLong recorded() throws SQLException {
                return OptionalLong.of(database.number(count));
            }

            @Override
            public void close() throws SQLException {
                pool.close();
                database.execute(drop);
            }
        };
    }
}
