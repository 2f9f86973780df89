package chat.hearth.acceptance.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.logging.LogManager;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
                            List.of("protocol", "migrations", "storage", "http", "rooms")),
                    Arguments.of("testkit", List.of("protocol")),
                    Arguments.of("acceptance", List.of("protocol", "storage")),
                    Arguments.of("bench", List.of("protocol", "testkit", "acceptance")));

    private static final String CONFIGURATION = ROOT + ".homeserver.config..";
    private static final String LOGGING = ROOT + ".homeserver.logging..";

    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?chat\\.hearth\\.([a-z]+)\\.");

    /// What a static field of this type would keep changing. Collections are looked into.
    private static final List<Class<?>> MUTABLE =
            List.of(
                    AtomicInteger.class,
                    AtomicLong.class,
                    AtomicBoolean.class,
                    AtomicReference.class,
                    LongAdder.class,
                    Lock.class,
                    ThreadLocal.class,
                    BitSet.class,
                    StringBuilder.class);

    /// The JDK's classes of collections that nobody can change.
    private static final Pattern IMMUTABLE =
            Pattern.compile(
                    "java\\.util\\.(ImmutableCollections|Collections\\$(Unmodifiable|Empty|Singleton)).*");

    /// A package is a slice, also that which the others of its module lie in.
    private static final SliceAssignment PACKAGES =
            new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    return SliceIdentifier.of(type.getPackageName());
                }

                @Override
                public String getDescription() {
                    return "packages";
                }
            };

    /// The server's own code.
    private JavaClasses code;

    /// The server's code, and that of what tests it.
    private JavaClasses everything;

    @BeforeAll
    void readTheCode() {
        everything =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(ROOT);
        code =
                everything.that(
                        resideInAnyPackage(
                                Stream.of(
                                                "protocol",
                                                "migrations",
                                                "storage",
                                                "http",
                                                "rooms",
                                                "homeserver")
                                        .map(module -> ROOT + "." + module + "..")
                                        .toArray(String[]::new)));
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
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + module + "..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
                .allowEmptyShould(true)
                .check(everything);
    }

    /// Not all modules are built before this one, so their sources are read too.
    @ParameterizedTest
    @MethodSource("arrows")
    void aModuleImportsOnlyFromTheModulesBelowIt(String module, List<String> below) {
        String folder = module.equals("migrations") ? "db-migrations" : module;
        Path sources = House.root().resolve(folder).resolve("src/main/java");
        List<Path> files =
                House.files().stream()
                        .filter(
                                file ->
                                        file.startsWith(sources)
                                                && file.toString().endsWith(".java"))
                        .toList();
        assertFalse(files.isEmpty(), "no source in " + sources);
        refuse(
                "is imported against the arrows",
                files.stream()
                        .flatMap(
                                file ->
                                        lines(file)
                                                .map(IMPORT::matcher)
                                                .filter(Matcher::find)
                                                .map(found -> found.group(1))
                                                .filter(known -> !known.equals(module))
                                                .filter(known -> !below.contains(known))
                                                .map(known -> known + " in " + file)));
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
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
    void onlyHttpSeesTheWebServer() {
        check(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(ROOT + ".http..", CONFIGURATION, LOGGING)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.helidon.."));
        seesOnly(CONFIGURATION, "io.helidon.config..");
        seesOnly(LOGGING, "io.helidon.logging..");
    }

    private void seesOnly(String of, String part) {
        check(
                noClasses()
                        .that()
                        .resideInAPackage(of)
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage("io.helidon..").and(not(resideInAPackage(part)))));
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
        slices().assignedFrom(PACKAGES)
                .should()
                .beFreeOfCycles()
                .check(code.that(resideInAPackage(ROOT + "." + module + "..")));
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
        refuse(
                "keeps a collection that can be changed",
                allFields()
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(
                                field ->
                                        field.getRawType().isAssignableTo(Collection.class)
                                                || field.getRawType().isAssignableTo(Map.class))
                        .filter(field -> !IMMUTABLE.matcher(classOfValue(field)).matches())
                        .map(JavaField::getFullName));
        refuse(
                "shows an array to others, who could change it",
                allFields()
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .filter(field -> field.getRawType().isArray())
                        .filter(field -> !field.getModifiers().contains(JavaModifier.PRIVATE))
                        .map(JavaField::getFullName));
    }

    private static String classOfValue(JavaField field) {
        try {
            Field reflected = field.reflect();
            reflected.setAccessible(true);
            return reflected.get(null).getClass().getName();
        } catch (IllegalAccessException e) {
            throw new AssertionError("cannot look into " + field.getFullName(), e);
        }
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

    private void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(code);
    }

    private static void refuse(String why, Stream<String> found) {
        List<String> all = found.sorted().map(name -> name + " " + why).toList();
        assertEquals(List.of(), all, String.join(System.lineSeparator(), all));
    }
}
