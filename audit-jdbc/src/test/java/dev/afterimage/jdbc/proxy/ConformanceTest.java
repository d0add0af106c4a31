package dev.afterimage.jdbc.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterimage.jdbc.conformance.Conformance;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every method of every wrapper does what the driver's does and lets nothing of the driver out. */
class ConformanceTest {

    /** Interfaces of JDBC that lead to no connection, statement, result set or array of the driver. */
    private static final Set<String> LEAD_NOWHERE = Set.of(
            "java.sql.ParameterMetaData",
            "java.sql.ResultSetMetaData",
            "java.sql.RowId",
            "java.sql.Savepoint",
            "java.sql.ShardingKey",
            "java.sql.ShardingKeyBuilder",
            "java.sql.SQLType");

    /** Interfaces that the application implements, or whose methods are wrapped in those that extend them. */
    private static final Set<String> NOT_OF_THE_DRIVER = Set.of(
            "java.sql.DriverAction",
            "java.sql.SQLData",
            "java.sql.Wrapper",
            "javax.sql.CommonDataSource",
            "javax.sql.ConnectionEventListener",
            "javax.sql.RowSet",
            "javax.sql.RowSetInternal",
            "javax.sql.RowSetListener",
            "javax.sql.RowSetMetaData",
            "javax.sql.RowSetReader",
            "javax.sql.RowSetWriter",
            "javax.sql.StatementEventListener");

    /** The way in by URL has a class and a test of its own; streams of {@code SQLData} are the application's to read. */
    private static final Set<String> ELSEWHERE = Set.of("java.sql.Driver", "java.sql.SQLInput", "java.sql.SQLOutput");

    private static final Conformance KIT = Surface.conformance();

    @TestFactory
    Stream<DynamicNode> everyMethod() {
        return KIT.tests();
    }

    @Test
    void everyInterfaceOfJdbcIsWrappedOrNamed() throws IOException {
        Set<String> wrapped = KIT.interfaces().stream().map(Class::getName).collect(Collectors.toSet());
        Set<String> named = Stream.of(LEAD_NOWHERE, NOT_OF_THE_DRIVER, ELSEWHERE)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        Set<String> jdbc = Stream.concat(interfacesIn("java/sql"), interfacesIn("javax/sql"))
                .collect(Collectors.toSet());

        assertThat(jdbc).allMatch(name -> wrapped.contains(name) ^ named.contains(name), "wrapped or named");
        assertThat(jdbc).containsAll(named);
    }

    private static Stream<String> interfacesIn(String packagePath) throws IOException {
        Path module = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/java.sql");
        try (Stream<Path> files = Files.list(module.resolve(packagePath))) {
            return files
                    .map(file -> module.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.contains("package-info"))
                    .map(file -> load(file.replace(".class", "").replace('/', '.')))
                    .filter(type -> type.isInterface() && java.lang.reflect.Modifier.isPublic(type.getModifiers()))
                    .map(Class::getName)
                    .toList()
                    .stream();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ConformanceTest.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @AfterAll
    static void report() {
        System.out.println(KIT.summary());
    }
}
