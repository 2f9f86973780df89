package chat.hearth.acceptance.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// How code behaves wherever it lives: the rules of the house that are about more than who knows
/// whom.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HabitsTest {
    private static final String ROOT = "chat.hearth";
    private static final String API = ROOT + ".http.Api";
    private static final String EVENTS = ROOT + ".storage.EventStore";

    /// Where a server begins: what asks the machine for the time, and for chance.
    private static final Set<String> BEGINNINGS =
            Set.of(ROOT + ".homeserver.Hearth", ROOT + ".homeserver.Wiring");

    private JavaClasses code;

    @BeforeAll
    void readTheCode() {
        code =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(
                                Stream.of("protocol", "storage", "http", "rooms", "homeserver")
                                        .map(module -> ROOT + "." + module)
                                        .toList());
    }

    @Test
    void onlyThePipelineAppendsAndRedactsEvents() {
        refuse(
                "writes events past the pipeline",
                code.stream()
                        .filter(resideOutsideOfPackages(ROOT + ".storage..", ROOT + ".rooms.event"))
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .filter(access -> access.getTargetOwner().getFullName().equals(EVENTS))
                        .filter(access -> Set.of("append", "redact").contains(access.getName()))
                        .map(JavaAccess::getDescription));
    }

    @Test
    void theTimeComesInAsAnArgument() {
        refuse(
                "asks the machine for the time",
                accesses()
                        .filter(
                                access ->
                                        isOf(access, Instant.class, "now")
                                                || isOf(access, System.class, "currentTimeMillis")
                                                || isOf(access, InstantSource.class, "system")
                                                || access.getTargetOwner()
                                                                .isAssignableTo(Clock.class)
                                                        && access.getName().startsWith("system"))
                        .map(JavaAccess::getDescription));
    }

    @Test
    void chanceComesInAsAnArgument() {
        refuse(
                "throws dice of its own",
                accesses()
                        .filter(
                                access ->
                                        isMade(access, Random.class)
                                                || isOf(access, Math.class, "random")
                                                || isOf(access, UUID.class, "randomUUID")
                                                || isOf(access, ThreadLocalRandom.class, "current"))
                        .map(JavaAccess::getDescription));
    }

    /// What code reaches for, but where a server begins.
    private Stream<JavaAccess<?>> accesses() {
        return code.stream()
                .filter(type -> !BEGINNINGS.contains(type.getFullName()))
                .flatMap(type -> type.getAccessesFromSelf().stream());
    }

    private static boolean isOf(JavaAccess<?> access, Class<?> owner, String name) {
        return access.getTargetOwner().isEquivalentTo(owner) && access.getName().equals(name);
    }

    private static boolean isMade(JavaAccess<?> access, Class<?> kind) {
        return access.getTargetOwner().isAssignableTo(kind) && access.getName().equals("<init>");
    }

    @Test
    void cachesTidyUpOnTheThreadThatUsesThem() {
        Map<String, Long> made = callsOf(Caffeine.class, "newBuilder");
        Map<String, Long> toldWhere = callsOf(Caffeine.class, "executor");
        assertFalse(made.isEmpty());
        refuse(
                "makes a cache without executor(Runnable::run)",
                made.entrySet().stream()
                        .filter(each -> !each.getValue().equals(toldWhere.get(each.getKey())))
                        .map(Map.Entry::getKey));
    }

    /// How often each method calls another.
    private Map<String, Long> callsOf(Class<?> owner, String name) {
        return accesses()
                .filter(access -> isOf(access, owner, name))
                .collect(
                        Collectors.groupingBy(
                                access -> access.getOrigin().getFullName(), Collectors.counting()));
    }

    @Test
    void noSignatureHoldsAFuture() {
        refuse(
                "has a future in its signature",
                methods()
                        .filter(method -> !method.getModifiers().contains(JavaModifier.PRIVATE))
                        .filter(
                                method ->
                                        Stream.concat(
                                                        Stream.of(method.getRawReturnType()),
                                                        method.getRawParameterTypes().stream())
                                                .anyMatch(t -> t.isAssignableTo(Future.class)))
                        .map(JavaMethod::getFullName));
    }

    @Test
    void nothingIsSetAfterwards() {
        refuse(
                "is a setter",
                methods()
                        .filter(method -> method.getName().matches("set[A-Z].*"))
                        .filter(method -> method.getRawReturnType().isEquivalentTo(void.class))
                        .map(JavaMethod::getFullName));
    }

    private Stream<JavaMethod> methods() {
        return code.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    @Test
    void endpointsAreHiddenBehindTheOneApiOfTheirPackage() {
        List<JavaClass> endpoints =
                code.stream().filter(type -> type.getSimpleName().endsWith("Endpoint")).toList();
        refuse(
                "is an endpoint for everybody to see",
                endpoints.stream()
                        .filter(type -> type.getPackageName().startsWith(ROOT + ".homeserver"))
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getFullName));
        Map<String, Long> apis =
                code.stream()
                        .filter(type -> type.isAssignableTo(API) && !type.isInterface())
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .collect(
                                Collectors.groupingBy(
                                        JavaClass::getPackageName, Collectors.counting()));
        refuse(
                "has not one public Api before its endpoints",
                endpoints.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith(ROOT + ".homeserver"))
                        .distinct()
                        .filter(name -> apis.getOrDefault(name, 0L) != 1));
    }

    @Test
    void bindingToRecordsStaysInHttp() {
        noClasses()
                .that(resideOutsideOfPackages(ROOT + ".http.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("jakarta.json.bind..", "org.eclipse.yasson.."))
                .allowEmptyShould(true)
                .check(code);
    }

    private static void refuse(String why, Stream<String> found) {
        List<String> all = found.sorted().map(name -> name + " " + why).toList();
        assertEquals(List.of(), all, String.join(System.lineSeparator(), all));
    }
}
