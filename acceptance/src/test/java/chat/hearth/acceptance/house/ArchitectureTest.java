package chat.hearth.acceptance.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which code may know which. The map these rules keep true is in `ARCHITECTURE.md`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ArchitectureTest {
    private static final String ROOT = "chat.hearth";

    /// Every module with the modules it may know; all may know themselves.
    private static final List<Arguments> ARROWS =
            List.of(
                    Arguments.of("protocol", List.of()),
                    Arguments.of("migrations", List.of()),
                    Arguments.of("storage", List.of("protocol", "migrations")),
                    Arguments.of("http", List.of("protocol")),
                    Arguments.of("rooms", List.of("protocol", "storage")),
                    Arguments.of(
                            "homeserver",
                            List.of("protocol", "migrations", "storage", "http", "rooms")));

    /// Classes outside `http` that may see Helidon, besides endpoints: they put the parts together,
    /// read the configuration, tell Helidon to be quiet, or serve operators.
    private static final DescribedPredicate<JavaClass> MAY_SEE_HELIDON =
            DescribedPredicate.describe(
                    "may see Helidon",
                    type -> {
                        String outer = outermost(type).getSimpleName();
                        return type.getPackageName().startsWith(ROOT + ".http")
                                || type.getPackageName().startsWith(ROOT + ".homeserver.config")
                                || type.getPackageName().startsWith(ROOT + ".homeserver.logging")
                                || type.getPackageName().startsWith(ROOT + ".homeserver.ops")
                                || outer.endsWith("Endpoint")
                                || outer.endsWith("Api")
                                || List.of("Main", "Wiring", "Hearth").contains(outer);
                    });

    /// What a static field of this type would keep changing.
    private static final List<Class<?>> MUTABLE =
            List.of(
                    ConcurrentMap.class,
                    HashMap.class,
                    ArrayList.class,
                    HashSet.class,
                    Queue.class,
                    AtomicInteger.class,
                    AtomicLong.class,
                    AtomicBoolean.class,
                    AtomicReference.class,
                    LongAdder.class,
                    Lock.class,
                    ThreadLocal.class);

    private JavaClasses code;

    @BeforeAll
    void readTheCode() {
        code =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(
                                Stream.of(
                                                "protocol",
                                                "migrations",
                                                "storage",
                                                "http",
                                                "rooms",
                                                "homeserver")
                                        .map(module -> ROOT + "." + module)
                                        .toList());
    }

    static List<Arguments> arrows() {
        return ARROWS;
    }

    @ParameterizedTest
    @MethodSource("arrows")
    void aModuleKnowsOnlyTheModulesBelowIt(String module, List<String> below) {
        String[] allowed =
                Stream.concat(Stream.of(module), below.stream())
                        .map(name -> ROOT + "." + name + "..")
                        .toArray(String[]::new);
        check(
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + "." + module + "..")
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage(ROOT + "..")
                                        .and(not(resideInAnyPackage(allowed)))));
    }

    @Test
    void protocolIsPure() {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + ".protocol..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "java.sql..",
                                "javax.sql..",
                                "java.net.http..",
                                "java.nio.file..",
                                "java.nio.channels..",
                                "java.util.logging..",
                                "io.helidon.."));
        check(
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + ".protocol..")
                        .should()
                        .dependOnClassesThat()
                        .haveNameMatching(
                                "java\\.(io\\.File.*|net\\.(Socket|ServerSocket|URL|InetAddress)"
                                        + "|lang\\.(System\\$Logger|Thread|Process)"
                                        + "|time\\.Clock)"));
    }

    @Test
    void onlyHttpAndEndpointsAndThoseWhoPutPartsTogetherSeeHelidon() {
        check(
                noClasses()
                        .that(not(MAY_SEE_HELIDON))
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.helidon.."));
    }

    @Test
    void theConfigurationDoesNotSeeTheServer() {
        check(
                noClasses()
                        .that()
                        .resideInAnyPackage(
                                ROOT + ".homeserver.config..", ROOT + ".homeserver.cli..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.helidon.webserver.."));
    }

    @Test
    void onlyStorageAndMigrationsSeeSql() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(ROOT + ".storage..", ROOT + ".migrations..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "java.sql..",
                                "javax.sql..",
                                "org.sqlite..",
                                "org.postgresql..",
                                "com.zaxxer..",
                                "org.flywaydb.."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"protocol", "migrations", "storage", "http", "rooms", "homeserver"})
    void packagesOfAModuleFormNoCycle(String module) {
        check(slices().matching(ROOT + "." + module + ".(**)").should().beFreeOfCycles());
    }

    @Test
    void nothingIsKeptInStaticFields() {
        check(fields().that().areStatic().should().beFinal());
        refuse(
                "keeps state for the whole process",
                allFields()
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(
                                field ->
                                        MUTABLE.stream()
                                                .anyMatch(field.getRawType()::isAssignableTo))
                        .map(JavaField::getFullName));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Util", "Utils", "Helper", "Helpers", "Manager", "Impl"})
    void noNameSaysNothing(String suffix) {
        refuse(
                "is named for nothing",
                code.stream()
                        .filter(type -> type.getSimpleName().endsWith(suffix))
                        // The JDK's own word for what it extends.
                        .filter(type -> !type.isAssignableTo(LogManager.class))
                        .map(JavaClass::getName));
    }

    @Test
    void accessorsHaveNoVerb() {
        refuse(
                "has the prefix get",
                code.stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.getName().matches("get[A-Z].*"))
                        .filter(method -> !isInherited(method))
                        .map(JavaMethod::getFullName));
    }

    @Test
    void classesAreFinalOrMeantToBeExtended() {
        refuse(
                "is neither final nor abstract nor sealed",
                code.stream()
                        .filter(type -> !type.isInterface() && !type.isAnonymousClass())
                        .filter(type -> !type.isEnum() && !isOpen(type))
                        .map(JavaClass::getName));
    }

    @Test
    void optionalIsOnlyReturned() {
        refuse(
                "keeps an Optional",
                allFields()
                        .filter(field -> field.getRawType().isEquivalentTo(Optional.class))
                        .map(JavaField::getFullName));
        refuse(
                "takes an Optional",
                code.stream()
                        .flatMap(type -> type.getCodeUnits().stream())
                        .filter(unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .filter(ArchitectureTest::takesOptional)
                        .map(JavaCodeUnit::getFullName));
    }

    private Stream<JavaField> allFields() {
        return code.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    private static boolean takesOptional(JavaCodeUnit unit) {
        return unit.getRawParameterTypes().stream().anyMatch(t -> t.isEquivalentTo(Optional.class));
    }

    private static boolean isOpen(JavaClass type) {
        Class<?> loaded = type.reflect();
        return Modifier.isFinal(loaded.getModifiers())
                || Modifier.isAbstract(loaded.getModifiers())
                || loaded.isSealed();
    }

    private static boolean isInherited(JavaMethod method) {
        return Stream.concat(
                        method.getOwner().getAllRawInterfaces().stream(),
                        method.getOwner().getAllRawSuperclasses().stream())
                .flatMap(type -> type.getMethods().stream())
                .anyMatch(other -> other.getName().equals(method.getName()));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    private void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(code);
    }

    private static void refuse(String why, Stream<String> found) {
        List<String> all = found.sorted().map(name -> name + " " + why).toList();
        assertEquals(List.of(), all, String.join(System.lineSeparator(), all));
    }
}
