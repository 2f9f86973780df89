package chat.hearth.acceptance.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.launcher.Checkout.Ended;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `./hearth test` makes of what Maven says. A script stands for Maven, and says it.
final class TestReportTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    private static final String GREEN =
            """
            [INFO] Building Hearth 0.1.0-SNAPSHOT                                     [1/3]
            [INFO] Building Hearth protocol 0.1.0-SNAPSHOT                            [2/3]
            [INFO] Building jar: protocol.jar
            [INFO] Running chat.hearth.protocol.SomeTest
            Nov 30, 2026 9:09:02 PM chat.hearth.Chatter chat
            SEVERE: an expected failure
            java.lang.IllegalStateException: expected
            LEFT OUT: the replay of power losses, since strace is not installed
            [INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1.5 s -- in chat.hearth.protocol.SomeTest
            [INFO] Results:
            [INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 0
            """;

    @TempDir private Path folder = Path.of("unset");

    private Ended test(String said, int exit) throws IOException, InterruptedException {
        Checkout checkout = Checkout.unbuilt(folder, PROJECT);
        Path text = Files.writeString(checkout.file("said"), said);
        Path maven =
                checkout.script("bin/mvn", "#!/bin/sh\ncat \"" + text + "\"\nexit " + exit + "\n");
        checkout.with("PATH", maven.getParent() + File.pathSeparator + System.getenv("PATH"));
        Ended ended = checkout.run("./hearth", "test");
        assertEquals(said, Files.readString(checkout.file("target/test.log")), "all is kept");
        return ended;
    }

    /// Without how long it took.
    private static String timeless(String printed) {
        return printed.replaceAll(", \\d+ s\n", ", TIME\n");
    }

    @Test
    void aModuleThatIsGreenIsALine() throws IOException, InterruptedException {
        Ended ended =
                test(
                        GREEN
                                + """
                                [INFO] Building Hearth storage 0.1.0-SNAPSHOT                             [3/3]
                                [WARNING] Tests run: 30, Failures: 0, Errors: 0, Skipped: 2
                                [INFO] Reactor Summary for Hearth 0.1.0-SNAPSHOT:
                                [INFO] BUILD SUCCESS
                                """,
                        0);
        assertEquals(0, ended.exit(), ended.err());
        assertEquals(
                """
                hearth: all modules        0 tests, 0 failed, 0 skipped, TIME
                hearth: protocol          12 tests, 0 failed, 0 skipped, TIME
                hearth: storage           30 tests, 0 failed, 2 skipped, TIME
                hearth: left out, though a whole run has it:
                  the replay of power losses, since strace is not installed
                [WARNING] Tests run: 42, Failures: 0, Errors: 0, Skipped: 2
                """,
                timeless(ended.out()));
    }

    @Test
    void whatFailsIsToldInFull() throws IOException, InterruptedException {
        Ended ended =
                test(
                        GREEN
                                + """
                                [INFO] Building Hearth storage 0.1.0-SNAPSHOT                             [3/3]
                                [ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! -- in chat.hearth.storage.OtherTest
                                [ERROR] chat.hearth.storage.OtherTest.adds -- Time elapsed: 0.01 s <<< FAILURE!
                                org.opentest4j.AssertionFailedError: expected: <4> but was: <5>
                                \tat chat.hearth.storage.OtherTest.adds(OtherTest.java:12)

                                [INFO] Running chat.hearth.storage.LastTest
                                Chatter again
                                [ERROR] Tests run: 3, Failures: 1, Errors: 1, Skipped: 0
                                [INFO] BUILD FAILURE
                                """,
                        1);
        assertEquals(1, ended.exit());
        assertEquals(
                """
                hearth: all modules        0 tests, 0 failed, 0 skipped, TIME
                hearth: protocol          12 tests, 0 failed, 0 skipped, TIME
                [ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! -- in chat.hearth.storage.OtherTest
                [ERROR] chat.hearth.storage.OtherTest.adds -- Time elapsed: 0.01 s <<< FAILURE!
                org.opentest4j.AssertionFailedError: expected: <4> but was: <5>
                \tat chat.hearth.storage.OtherTest.adds(OtherTest.java:12)

                [ERROR] Tests run: 3, Failures: 1, Errors: 1, Skipped: 0
                hearth: storage            3 tests, 2 failed, 0 skipped, TIME
                hearth: left out, though a whole run has it:
                  the replay of power losses, since strace is not installed
                [ERROR] Tests run: 15, Failures: 1, Errors: 1, Skipped: 0
                """,
                timeless(ended.out()));
        assertTrue(ended.err().contains("all of it is in target/test.log"), ended.err());
    }

    @Test
    void aRunWithoutTestsClaimsNone() throws IOException, InterruptedException {
        Ended ended = test("[ERROR] No such profile\n", 7);
        assertEquals(7, ended.exit());
        assertEquals("[ERROR] No such profile\n", ended.out());
    }
}
