package dev.afterimage.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.NullUnmarked;

/** The floors of DESIGN.md, over the main classes of all modules below the server. */
@AnalyzeClasses(packages = "dev.afterimage", importOptions = ArchitectureTest.MainClasses.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule MODULES_STAND_ON_THEIR_FLOORS = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.afterimage..")
            .layer("core")
            .definedBy("dev.afterimage.core..")
            .layer("jdbc")
            .definedBy("dev.afterimage.jdbc..")
            .layer("kafka")
            .definedBy("dev.afterimage.kafka..")
            .layer("server")
            .definedBy("dev.afterimage.server..")
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .whereLayer("jdbc")
            .mayOnlyAccessLayers("core")
            .whereLayer("kafka")
            .mayOnlyAccessLayers("core")
            .whereLayer("server")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_DATABASE = noClasses()
            .that()
            .resideInAPackage("dev.afterimage.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule THE_ANALYSER_KNOWS_TEXT_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.afterimage.jdbc.sql..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule NO_PACKAGE_CYCLES =
            slices().matching("dev.afterimage.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule EVERY_PACKAGE_SAYS_WHETHER_IT_MAY_BE_NULL = ArchRuleDefinition.classes()
            .that(DescribedPredicate.describe(
                    "are not package-info",
                    (JavaClass type) -> !type.getSimpleName().equals("package-info")))
            .should(resideInAMarkedPackage());

    private static ArchCondition<JavaClass> resideInAMarkedPackage() {
        return new ArchCondition<>("reside in a package marked @NullMarked or @NullUnmarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                JavaPackage room = type.getPackage();
                if (!room.isAnnotatedWith(NullMarked.class) && !room.isAnnotatedWith(NullUnmarked.class)) {
                    events.add(SimpleConditionEvent.violated(room, room.getName() + " is not marked"));
                }
            }
        };
    }

    /** Neither tests nor the fixtures that other modules publish. */
    static final class MainClasses implements ImportOption {

        private final ImportOption noTests = new ImportOption.DoNotIncludeTests();

        @Override
        public boolean includes(com.tngtech.archunit.core.importer.Location location) {
            return noTests.includes(location) && !location.contains("-tests.jar") && !location.contains("/fixture/");
        }
    }
}
