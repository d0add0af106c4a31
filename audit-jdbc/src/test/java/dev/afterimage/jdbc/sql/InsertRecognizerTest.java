package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** INSERT and REPLACE: a statement beside what {@link PlanText} says of its plan. */
final class InsertRecognizerTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    insert into s."T x"(a, "B") values (?, 'it''s'), (-1.5, DEFAULT), (null, true), (now(), a+1) on conflict (a) do update set b = excluded.b, c = ? where t.x = 1 returning * =>> INSERT s.T x [a, B] VALUES (?1, STRING:it's) (NUMBER:-1.5, DEFAULT) (NULL, BOOLEAN:true) (<now()>, <a+1>) conflict[a] UPDATE b=<excluded.b> c=?2 returning
                    insert into t default values =>> INSERT t DEFAULT_VALUES
                    insert into t as x select * from y join z on conflict = 1 on conflict do nothing =>> INSERT t as x SELECT conflict NOTHING
                    insert into t (a) overriding system value values (1) =>> INSERT t [a] VALUES (NUMBER:1)
                    insert into t (select 1) =>> INSERT t SELECT
                    insert into t with q as (delete from u where id=? returning *) select * from q =>> DELETE u in NESTED where EQUALITIES id=?1 returning; INSERT t SELECT
                    insert into t(a[1], b.f) values (e'a\\'b', $q$x'y$q$) =>> INSERT t [a, b] VALUES (STRING:a'b, STRING:x'y)
                    insert into u&"d\\0061t" values (1) =>> INSERT dat VALUES (NUMBER:1)
                    INSERT INTO T VALUES (1); -- note =>> INSERT t VALUES (NUMBER:1)
                    insert into t values ('unterminated =>> unreadable INSERT t VALUES (STRING:unterminate)
                    insert into t values ((select 1), (1), ('a')::text, array[1,2], row(1,2), 'x'::varchar(10)[]) =>> INSERT t VALUES (<(select 1)>, NUMBER:1, TYPED:a, <array[1,2]>, <row(1,2)>, TYPED:x)
                    insert into t select * from u where exists (select 1 from v where v.id = u.id) returning id =>> INSERT t SELECT returning
                    insert into t values (1) on conflict on constraint k do update set (a, b) = (excluded.a, ?) where t.c is distinct from 1 =>> INSERT t VALUES (NUMBER:1) conflict UPDATE a=<excluded.a> b=?1
                    insert into =>> unreadable INSERT ?
                    insert into t (values, id) values (1, 2) =>> INSERT t [values, id] VALUES (NUMBER:1, NUMBER:2)
                    insert into t (table u) =>> INSERT t SELECT
                    """)
    void postgresql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.POSTGRESQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    insert ignore into `a``b`.t partition (p0) (a,b) value (1,"x\\"y") on duplicate key update a=values(a), b=? =>> INSERT a`b.t [a, b] VALUES (NUMBER:1, STRING:x"y) conflict UPDATE a=<values(a)> b=?1
                    insert t set a=1, b=default, c=? =>> INSERT t [a, b, c] (NUMBER:1, DEFAULT, ?1)
                    replace into t select 1 =>> REPLACE t SELECT conflict REPLACE
                    insert into t () values () =>> INSERT t VALUES ()
                    insert into t /*!50001 (a) */ values (1) /* ? */ =>> INSERT t [a] VALUES (NUMBER:1)
                    insert into t values (1) returning id =>> INSERT t VALUES (NUMBER:1) returning
                    insert into 1a.2b values (1) =>> INSERT 1a.2b VALUES (NUMBER:1)
                    insert into t values (1), (2, 3) =>> INSERT t VALUES () ()
                    insert into t values (_utf8'x', n'y', x'ff', 0xff) =>> INSERT t VALUES (STRING:x, STRING:y, TYPED:ff, NUMBER:0xff)
                    insert delayed into t values (1); =>> INSERT t VALUES (NUMBER:1)
                    insert into t values (_utf8 0xff, _latin1 x'ff', _c) =>> INSERT t VALUES (TYPED:0xff, TYPED:ff, <_c>)
                    """)
    void mysql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.MYSQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    insert into t(a) values 1, 2 =>> INSERT T [A] VALUES
                    insert into `t` values (1) =>> INSERT T VALUES (NUMBER:1)
                    insert into t (a, b) values (?2, ?1) =>> INSERT T [A, B] VALUES (?2, ?1)
                    """)
    void h2(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.H2, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    insert all into t1 (a) values (1) into t2 values (2) select 1 from dual =>> INSERT T1 [A] VALUES (NUMBER:1); INSERT T2 VALUES (NUMBER:2)
                    insert into t (a) values (q'[it's]') returning id into ? =>> INSERT T [A] VALUES (STRING:it's) returning
                    insert into t@remote (a) values (1) =>> INSERT @remote.T [A] VALUES (NUMBER:1)
                    insert first when a > 1 then into t1 (a) values (a) else into t2 select a from s =>> INSERT T1 [A] VALUES (<a>); INSERT T2
                    insert all when a = 1 then into t into u (b) values (1) else into v select a from s =>> INSERT T; INSERT U [B] VALUES (NUMBER:1); INSERT V
                    insert into t subpartition (p) values (1) =>> INSERT T VALUES (NUMBER:1)
                    insert into "T"@remote.db (a) values (1) =>> INSERT @remote.T [A] VALUES (NUMBER:1)
                    insert into t (a) values (1) log errors =>> INSERT T [A] VALUES (NUMBER:1)
                    """)
    void oracle(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.ORACLE, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    insert into [dbo].[t] ([a b]) output inserted.id values (N'x') insert into u values (1) update v set a=1 where id=2 =>> INSERT dbo.t [a b] VALUES (STRING:x) returning; INSERT u VALUES (NUMBER:1); UPDATE v [a] (NUMBER:1) where EQUALITIES id=NUMBER:2
                    insert top (5) into t with (tablock) (a) select 1 =>> INSERT t [a] SELECT
                    insert into t exec p =>> INSERT t SELECT
                    insert into @v values (1) =>> INSERT @v VALUES (NUMBER:1)
                    insert into srv.db..t values (1) =>> INSERT db.t VALUES (NUMBER:1)
                    insert into t output inserted.id into log (id) values (1) =>> INSERT t VALUES (NUMBER:1) returning; INSERT log [id] SELECT
                    insert into t exec p 1 select a into #y from u =>> INSERT t SELECT; SELECT_INTO #y SELECT
                    insert into t values (1) select * into #x from u =>> INSERT t VALUES (NUMBER:1); SELECT_INTO #x SELECT
                    insert bulk t (a int) =>> INSERT t
                    """)
    void sqlServer(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.TSQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    insert into t (a) values (date '2026-01-02', {ts '2026-01-02 03:04:05'}, {fn now()}) =>> INSERT T [A] VALUES (TYPED:2026-01-02, TYPED:2026-01-02 03:04:05, <{fn now()}>)
                    """)
    void standard(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.ANSI, sql)).isEqualTo(plan);
    }
}
