package org.mephisto;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom: the rules of the architecture and of the house style that a machine can hold. */
final class ArchitectureTest {
    private static final String SPI = "org.mephisto.spi..";
    private static final String STORE = "org.mephisto.store..";
    private static final String REGISTRY = "org.mephisto.registry..";

    /** What ships. */
    private static JavaClasses shipped;
    /** What ships and this module's tests. */
    private static JavaClasses all;

    @BeforeAll
    static void read() {
        shipped = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.mephisto");
        all = new ClassFileImporter().importPackages("org.mephisto");
    }

    @Test
    void modulesAreRead() {
        assertThat(shipped.contain("org.mephisto.spi.packet.Packet")).isTrue();
        assertThat(shipped.contain("org.mephisto.registry.Registry")).isTrue();
        assertThat(shipped.contain("org.mephisto.ArchitectureTest")).isFalse();
        assertThat(all.contain("org.mephisto.ArchitectureTest")).isTrue();
    }

    @Test
    void spiKnowsNothingOfOurs() {
        check(onlyOurs(SPI, SPI));
    }

    @Test
    void routerKnowsOnlyTheSpi() {
        check(onlyOurs("org.mephisto.router..", "org.mephisto.router..", SPI));
    }

    @Test
    void storeKnowsOnlyTheSpi() {
        check(onlyOurs(STORE, STORE, SPI));
    }

    @Test
    void reviewAndApiTouchNeitherOperatorInternalsNorSql() {
        check(noClasses()
                .that()
                .resideInAnyPackage("org.mephisto.review..", "org.mephisto.api..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are the operator's own or the store's SQL",
                        type -> type.getPackageName().startsWith("org.mephisto.store.sql")
                                || (type.getPackageName().startsWith("org.mephisto.operator")
                                        && !type.getSimpleName().equals("Operator")))));
    }

    static Stream<Arguments> quarantines() {
        return Stream.of(
                Arguments.of("Vert.x", libraries("io.vertx.", "io.netty."), new String[] {
                    "org.mephisto.router..",
                    "org.mephisto.supervisor.io..",
                    "org.mephisto.api..",
                    "org.mephisto.boot..",
                    "org.mephisto.benchmark.."
                }),
                Arguments.of(
                        "JDBC",
                        libraries("java.sql.", "javax.sql.", "com.zaxxer.", "org.sqlite.", "com.mysql."),
                        new String[] {"org.mephisto.store.sql..", "org.mephisto.benchmark.."}),
                Arguments.of("DKPro", libraries("org.dkpro."), new String[] {"org.mephisto.agreement.."}),
                Arguments.of("PF4J", pf4jButExtensionPoints(), new String[] {REGISTRY}),
                Arguments.of(
                        "picocli", libraries("picocli."), new String[] {"org.mephisto.cli..", "org.mephisto.benchmark.."
                        }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("quarantines")
    void libraryStaysInItsPackages(String name, DescribedPredicate<JavaClass> library, String[] homes) {
        check(noClasses().that().resideOutsideOfPackages(homes).should().dependOnClassesThat(library));
    }

    private static DescribedPredicate<JavaClass> libraries(String... prefixes) {
        return DescribedPredicate.describe(
                "start with " + String.join(" or ", prefixes),
                type -> Arrays.stream(prefixes).anyMatch(type.getName()::startsWith));
    }

    private static DescribedPredicate<JavaClass> pf4jButExtensionPoints() {
        return DescribedPredicate.describe(
                "are PF4J's other than ExtensionPoint and Extension",
                type -> type.getName().startsWith("org.pf4j.")
                        && !type.getName().equals("org.pf4j.ExtensionPoint")
                        && !type.getName().equals("org.pf4j.Extension"));
    }

    @Test
    void workerPoolKnowsNothingOfTheWire() {
        check(noClasses()
                .that()
                .resideInAPackage("org.mephisto.supervisor.pool..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.vertx..", "io.netty..", "org.mephisto.supervisor.io..", "org.mephisto.router.."));
    }

    @Test
    void packagesAreFreeOfCycles() {
        check(slices().matching("org.mephisto.(*)..").should().beFreeOfCycles());
        check(slices().matching("org.mephisto.(**)").should().beFreeOfCycles());
    }

    @Test
    void packagesAreFeaturesAndNotLayers() {
        check(noClasses()
                .should()
                .resideInAnyPackage(
                        "..impl..",
                        "..util..",
                        "..utils..",
                        "..common..",
                        "..services..",
                        "..controllers..",
                        "..models..",
                        "..helpers.."));
    }

    @Test
    void namesSayWhatThingsAre() {
        check(noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Util|Utils)"));
    }

    @Test
    void onlyCommandsPrintAndOnlyLoggersWriteErrors() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("org.mephisto.cli..", "org.mephisto.benchmark..")
                .should()
                .accessField(System.class, "out"));
        check(noClasses()
                .that()
                .resideOutsideOfPackages("org.mephisto.cli..", "org.mephisto.benchmark..", "org.mephisto.logging..")
                .should()
                .accessField(System.class, "err"));
        check(noClasses().should().callMethod(Throwable.class, "printStackTrace"));
    }

    @Test
    void nobodySleeps() {
        for (Class<?>[] parameters :
                new Class<?>[][] {{long.class}, {long.class, int.class}, {java.time.Duration.class}}) {
            checkAll(noClasses().should().callMethod(Thread.class, "sleep", parameters));
        }
    }

    @Test
    void noTestIsDisabled() {
        checkAll(noMethods().should().beAnnotatedWith(Disabled.class));
        checkAll(noClasses().should().beAnnotatedWith(Disabled.class));
    }

    @Test
    void loggersAreAllMadeAlike() {
        check(fields().that()
                .haveRawType("org.slf4j.Logger")
                .should()
                .bePrivate()
                .andShould()
                .beStatic()
                .andShould()
                .beFinal());
    }

    private static ArchRule onlyOurs(String who, String... allowed) {
        return classes()
                .that()
                .resideInAPackage(who)
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideOutsideOfPackage("org.mephisto..")
                        .or(JavaClass.Predicates.resideInAnyPackage(allowed)));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(shipped);
    }

    private static void checkAll(ArchRule rule) {
        rule.allowEmptyShould(true).check(all);
    }
}
