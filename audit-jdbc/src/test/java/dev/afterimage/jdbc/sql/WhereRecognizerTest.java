package dev.afterimage.jdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which conjuncts of a WHERE clause fix key columns: a statement beside what {@link PlanText} says of its plan. */
final class WhereRecognizerTest {

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    update t set a=1 where (a,b)=(1,?) and (c,d) in ((1,2),(3,4)) =>> UPDATE t [a] (NUMBER:1) where EQUALITIES a=NUMBER:1 b=?1 c,d in NUMBER:1,NUMBER:2|NUMBER:3,NUMBER:4
                    update t set a=1 where ((id = 1) and ((k = '2'::int) and v > 3)) =>> UPDATE t [a] (NUMBER:1) where MIXED id=NUMBER:1 k=TYPED:2
                    update t set a=1 where id=1 or id=2 =>> UPDATE t [a] (NUMBER:1) where OTHER
                    update t set a=1 where id=1 and (b=1 or c=2) =>> UPDATE t [a] (NUMBER:1) where MIXED id=NUMBER:1
                    update t set a=1 where id between 1 and 2 and k=1 =>> UPDATE t [a] (NUMBER:1) where MIXED k=NUMBER:1
                    update t set a=1 where id = 1 + 2 and k=cast(? as int) and 5 = j =>> UPDATE t [a] (NUMBER:1) where MIXED k=?1 j=NUMBER:5
                    update t set a=1 where current of cur =>> UPDATE t [a] (NUMBER:1) where CURRENT_OF
                    delete from only (t) where a = any(?) and b = 1 =>> DELETE t where MIXED b=NUMBER:1
                    update t set a=1 where not id = 1 and k = 2 =>> UPDATE t [a] (NUMBER:1) where MIXED k=NUMBER:2
                    update t set a=1 where (id = 1) is true =>> UPDATE t [a] (NUMBER:1) where OTHER
                    update t set a=1 where id in (select id from u) and k = 3 =>> UPDATE t [a] (NUMBER:1) where MIXED k=NUMBER:3
                    update t set a=1 where lower(id) = 'x' =>> UPDATE t [a] (NUMBER:1) where OTHER
                    update t set a=1 where id::text = 'x' =>> UPDATE t [a] (NUMBER:1) where OTHER
                    update t set a=1 where id = ? and case when a = 1 and b = 2 then true end =>> UPDATE t [a] (NUMBER:1) where MIXED id=?1
                    update t set a=1 where (id = 1 and (k = 2 or j = 3)) and m = 4 =>> UPDATE t [a] (NUMBER:1) where MIXED id=NUMBER:1 m=NUMBER:4
                    update t set a = 1 where id = 1 or k = 2 and m = 3 =>> UPDATE t [a] (NUMBER:1) where OTHER
                    update t set a = 1 where (((((id))))) = 1 =>> UPDATE t [a] (NUMBER:1) where OTHER
                    delete from a.b.c where a.b.c.id = 1 =>> DELETE a.b.c where EQUALITIES id=NUMBER:1
                    delete from t where row(a, b) = row(1, ?) and ((c)) = 1 =>> DELETE t where EQUALITIES a=NUMBER:1 b=?1 c=NUMBER:1
                    delete from t where (t.a, b) in ((1, 2), (?, 3)) =>> DELETE t where EQUALITIES a,b in NUMBER:1,NUMBER:2|?1,NUMBER:3
                    delete from t x using u where (x.a, u.b) in ((1, 2), (3, 4)) and (x.c, d) in ((5, 6)) =>> DELETE t as x where MIXED a in NUMBER:1|NUMBER:3 UNCERTAIN.c,d in NUMBER:5,NUMBER:6
                    delete from t where (1) = id and date '2026-01-01' = d and pg_catalog.int4 '2' = k =>> DELETE t where EQUALITIES id=NUMBER:1 d=TYPED:2026-01-01 k=TYPED:2
                    delete from t where a = cast((cast('1' as text)) as bigint) and b = 'x'::national character varying(3) and c = 1::int array =>> DELETE t where EQUALITIES a=TYPED:1 b=TYPED:x c=TYPED:1
                    delete from t where (a = 1 and delete is null) and b = 2 =>> DELETE t where MIXED a=NUMBER:1 b=NUMBER:2
                    """)
    void postgresql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.POSTGRESQL, sql)).isEqualTo(plan);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>>", quoteCharacter = '~', textBlock = """
                    update t1 a join t2 b on a.id=b.id and b.x=1 set a.x=1, b.y=? where a.id=3 and z=4 =>> UPDATE t1 as a [x] (NUMBER:1) where EQUALITIES id=NUMBER:3 UNCERTAIN.z=NUMBER:4; UPDATE t2 as b [y] (?1) where EQUALITIES OTHER.id=NUMBER:3 UNCERTAIN.z=NUMBER:4
                    delete a from t1 as a inner join db.t2 using (id) where a.id=1 limit 1 =>> DELETE t1 as a where EQUALITIES id=NUMBER:1
                    delete from t where a <=> 1 and b=1 && c=2 order by x limit 2 =>> DELETE t where MIXED b=NUMBER:1 c=NUMBER:2
                    delete from t where a=1 || b=2 =>> DELETE t where OTHER
                    update t set a=1 where id=1;;delete from u =>> UPDATE t [a] (NUMBER:1) where EQUALITIES id=NUMBER:1; DELETE u
                    update t set a=1 where `id` = 'x' collate utf8_bin and k = 1 =>> UPDATE t [a] (NUMBER:1) where MIXED k=NUMBER:1
                    update t set a=1 where a > 1 || b = 2 and c = 3 =>> UPDATE t [a] (NUMBER:1) where OTHER
                    update t set a=1 where a > 1 && c = 3 =>> UPDATE t [a] (NUMBER:1) where MIXED c=NUMBER:3
                    """)
    void mysql(String sql, String plan) {
        assertThat(PlanText.of(SqlDialect.MYSQL, sql)).isEqualTo(plan);
    }
}
