package chat.hearth.acceptance.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

/// This module's tests, and what they share with the benchmarks, meet storage from outside: as a
/// server keeps it.
final class BlackBoxTest {
    private static final String HERE = "chat.hearth.acceptance";

    @Test
    void onlyTheReplayOfPowerLossesWritesThroughTheStorageItself() {
        noClasses()
                .that()
                .resideOutsideOfPackage(HERE + ".power..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("chat.hearth.storage..", "java.sql..", "org.sqlite..")
                .check(new ClassFileImporter().importPackages(HERE));
    }
}
