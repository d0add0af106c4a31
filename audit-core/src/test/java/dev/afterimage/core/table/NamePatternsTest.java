package dev.afterimage.core.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternsTest {

    private static final TableName USERS = TableName.of("public", "users");
    private static final TableName USERS_OF_ANY_SCHEMA = new TableName(null, null, "users");

    @ParameterizedTest
    @CsvSource({
        "users, true",
        "USERS, true",
        "public.users, true",
        "Public.Users, true",
        "*, true",
        "us*, true",
        "*ers, true",
        "u*s*s, true",
        "public.*, true",
        "*.users, true",
        "' users ', true",
        "user, false",
        "use.s, false",
        "other.users, false",
        "users.public, false",
        "'', false"
    })
    void aTablePatternMatchesWithOrWithoutTheSchema(String pattern, boolean matches) {
        NamePatterns patterns = new NamePatterns(List.of(pattern), 1);

        assertThat(patterns.matches(USERS, null)).isEqualTo(matches);
        assertThat(patterns.mayMatch(USERS, null)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "users.password, true",
        "*.password, true",
        "users.*, true",
        "*.pass*, true",
        "public.users.password, true",
        "*.users.password, true",
        "users.pass, false",
        "password, true",
        "secret, false",
        "other.users.password, false",
        "orders.password, false"
    })
    void aColumnPatternNamesTableAndColumn(String pattern, boolean matches) {
        assertThat(new NamePatterns(List.of(pattern), 2).matches(USERS, "Password"))
                .isEqualTo(matches);
    }

    @Test
    void aTableWhoseSchemaIsNotKnownMayMatchAPatternWithAny() {
        NamePatterns patterns = new NamePatterns(List.of("public.users"), 1);

        assertThat(patterns.mayMatch(USERS_OF_ANY_SCHEMA, null)).isTrue();
        assertThat(patterns.matches(USERS_OF_ANY_SCHEMA, null)).isFalse();
        assertThat(patterns.mayMatch(new TableName(null, null, "orders"), null)).isFalse();
    }

    @Test
    void aColumnWhoseSchemaIsNotKnownMayMatchAPatternWithAny() {
        NamePatterns patterns = new NamePatterns(List.of("public.users.password"), 2);

        assertThat(patterns.mayMatch(USERS_OF_ANY_SCHEMA, "password")).isTrue();
        assertThat(patterns.matches(USERS_OF_ANY_SCHEMA, "password")).isFalse();
        assertThat(patterns.mayMatch(TableName.of("other", "users"), "password"))
                .isFalse();
    }

    @Test
    void aCatalogStandsForTheSchemaWhereThereIsNone() {
        NamePatterns patterns = new NamePatterns(List.of("shop.users"), 1);

        assertThat(patterns.matches(new TableName("shop", null, "users"), null)).isTrue();
        assertThat(patterns.matches(new TableName("shop", "public", "users"), null))
                .isFalse();
    }

    @Test
    void aColumnsNameAloneTellsWhetherAPatternMayNameIt() {
        NamePatterns patterns = new NamePatterns(List.of("users.pass*"), 2);

        assertThat(patterns.mayMatchColumn("PASSWORD")).isTrue();
        assertThat(patterns.mayMatchColumn("name")).isFalse();
    }

    @Test
    void noPatternMatchesNothing() {
        NamePatterns none = new NamePatterns(List.of(), 1);

        assertThat(none.isEmpty()).isTrue();
        assertThat(none.matches(USERS, null)).isFalse();
        assertThat(none.mayMatch(USERS, null)).isFalse();
        assertThat(new NamePatterns(List.of("users"), 1).isEmpty()).isFalse();
    }
}
