package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** UPDATE: a statement beside what {@link PlanText} says of its plan. */
final class UpdateRecognizerTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    update only t as x set a=1, b=?, (c,d)=(1,?), (e,f)=(select 1,2), g=g+1 from y where x.id=? and y.k=2 and z=3 returning old.a =>> UPDATE t as x [a, b, c, d, e, f, g] (NUMBER:1, ?1, NUMBER:1, ?2, <(select 1,2)>, <(select 1,2)>, <g+1>) where EQUALITIES id=?3 OTHER.k=NUMBER:2 UNCERTAIN.z=NUMBER:3 returning
                    update t set a = case when b is distinct from c then 1 else 2 end where id in (?,?,3) and not x =>> UPDATE t [a] (<case when b is distinct from c then 1 else 2 end>) where MIXED id in ?1|?2|NUMBER:3
                    update t set a = 'x' 'y' where id = - 5 =>> UPDATE t [a] (STRING:xy) where EQUALITIES id=NUMBER:-5
                    update t set a = interval '1' day, b = timestamp with time zone '2020-01-01', c = b'01', d=x'ff' =>> UPDATE t [a, b, c, d] (TYPED:1, TYPED:2020-01-01, TYPED:01, TYPED:ff)
                    update t set a.b = 1, t.c = 2 where t.d = 3 and s.t.e = 4 =>> UPDATE t [a, c] (NUMBER:1, NUMBER:2) where EQUALITIES d=NUMBER:3 e=NUMBER:4
                    update t set (a, b) = row(1, ?) where id = ? =>> UPDATE t [a, b] (NUMBER:1, ?1) where EQUALITIES id=?2
                    update t set (a) = (select 1), b[1:2] = '{1,2}' where "Id" = 'x' =>> UPDATE t [a, b] (<(select 1)>, STRING:{1,2}) where EQUALITIES Id=STRING:x
                    update t as u set b = 1 where t.id = 1 and u.k = 2 =>> UPDATE t as u [b] (NUMBER:1) where EQUALITIES OTHER.id=NUMBER:1 k=NUMBER:2
                    update t set a = 1 where =>> UPDATE t [a] (NUMBER:1) where OTHER
                    update schema.table set "select" = 1 where "from" = 2 =>> UPDATE schema.table [select] (NUMBER:1) where EQUALITIES from=NUMBER:2
                    update "foodmart"."product"set "id"=1where "k"=2 =>> UPDATE foodmart.product [id] (NUMBER:1) where EQUALITIES k=NUMBER:2
                    update t set a = percentile_cont(0.5) within group (order by b), c = 1 where id = 2 =>> UPDATE t [a, c] (<percentile_cont(0.5) within group (order by b)>, NUMBER:1) where EQUALITIES id=NUMBER:2
                    update only (t) set a = 1 =>> UPDATE t [a] (NUMBER:1)
                    update ignore set a = 1 where ignore.id = 2 =>> UPDATE ignore [a] (NUMBER:1) where EQUALITIES id=NUMBER:2
                    update t delete set a = 1 where delete.id = 2 =>> UPDATE t as delete [a] (NUMBER:1) where EQUALITIES id=NUMBER:2
                    update s.t x set s.t.a = 1, x.b = 2, c.f = 3 =>> UPDATE s.t as x [a, b, c] (NUMBER:1, NUMBER:2, NUMBER:3)
                    update t set a = delete, b = 2 where delete = 1 and id = 3 =>> UPDATE t [a, b] (<delete>, NUMBER:2) where EQUALITIES delete=NUMBER:1 id=NUMBER:3
                    update t set a = (update is null) where id = 1 =>> UPDATE t [a] (<(update is null)>) where EQUALITIES id=NUMBER:1
                    """)
    void postgresql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.POSTGRESQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    update t1, t2 set x=1 where t1.id=1 =>> UPDATE t1 or [t2] [x] (NUMBER:1) where EQUALITIES id=NUMBER:1
                    ~update low_priority ignore t set a=a- -1 # c\n where id=1 -- d~ =>> UPDATE t [a] (<a- -1>) where EQUALITIES id=NUMBER:1
                    update t1 natural join t2 set t2.a = 1 =>> UPDATE t2 [a] (NUMBER:1)
                    update full as f, only o set f.a = 1, o.b = 2 =>> UPDATE full as f [a] (NUMBER:1); UPDATE only as o [b] (NUMBER:2)
                    update t value set value.a = 1 =>> UPDATE t as value [a] (NUMBER:1)
                    update offset x join t y on x.id = y.id set x.a = offset, y.b = 2 =>> UPDATE offset as x [a] (<offset>); UPDATE t as y [b] (NUMBER:2)
                    """)
    void mysql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.MYSQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    update (select * from t) set a=1 =>> unreadable UPDATE ? [A] (NUMBER:1)
                    update t x set x.a = 1 where x.id = :1 =>> UPDATE T as X [A] (NUMBER:1) where OTHER
                    update table(select n from d where id = 1) p set p.a = 1 where p.b = 2 =>> unreadable UPDATE ? as P [A] (NUMBER:1) where EQUALITIES B=NUMBER:2
                    update t set a = limit, b = offset where id = 1 log errors into e =>> UPDATE T [A, B] (<limit>, <offset>) where EQUALITIES ID=NUMBER:1
                    """)
    void oracle(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.ORACLE, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    update x set x.a=1 from dbo.t as x join u on u.id=x.id where x.id=1 =>> UPDATE dbo.t as x [a] (NUMBER:1) where EQUALITIES id=NUMBER:1
                    update t set @v = a = a + 1, b += 2 where id = 1 option (recompile) =>> UPDATE t [a, b] (<a + 1>, <+= 2>) where EQUALITIES id=NUMBER:1
                    update top (5) t set a.write('x', 0, 1) , b = 1 where [id] = 1 =>> UPDATE t [a, b] (<>, NUMBER:1) where EQUALITIES id=NUMBER:1
                    update t set a = 1 where id = 5 select * from u where k = 7 =>> UPDATE t [a] (NUMBER:1) where EQUALITIES id=NUMBER:5
                    update t set @v = a += 1, doc.modify('x'), b = $5.2 where id = 1 =>> UPDATE t [a, doc, b] (<+= 1>, <>, NUMBER:$5.2) where EQUALITIES id=NUMBER:1
                    update openquery(s, 'select a from t') set a = 1 =>> unreadable UPDATE ? [a] (NUMBER:1)
                    update t set a = 1 output deleted.a into log where id = 1 =>> UPDATE t [a] (NUMBER:1) where EQUALITIES id=NUMBER:1 returning; INSERT log SELECT
                    """)
    void sqlServer(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.TSQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    update "T" set "a"=1 where "id"=? =>> UPDATE T [a] (NUMBER:1) where EQUALITIES id=?1
                    """)
    void standard(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.ANSI, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    update "t" set a = $$x$$ where b = 1 =>> UPDATE t [A] (STRING:x) where EQUALITIES B=NUMBER:1
                    update t set a = ?2 where id = ?1 =>> UPDATE T [A] (?2) where EQUALITIES ID=?1
                    """)
    void h2(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.H2, sql)).isEqualTo(plan);
    }
}
