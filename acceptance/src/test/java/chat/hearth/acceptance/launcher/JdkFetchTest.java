package chat.hearth.acceptance.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.launcher.Checkout.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a machine without a JDK the launcher fetches one. Scripts stand for a JDK that no machine
/// has, in an archive on a mirror on this machine.
final class JdkFetchTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final int EXIT_CONFIG = 78;
    private static final String SENTENCE =
            "hearth: Hearth needs a JDK 999 or newer and found none; install one (any vendor) or"
                    + " set HEARTH_JAVA_HOME to its folder.\n";

    @TempDir private Path folder = Path.of("unset");

    private Checkout checkout;
    private byte[] archive = new byte[0];

    @BeforeEach
    void packAJdk() throws IOException, InterruptedException {
        checkout = Checkout.unbuilt(folder.resolve("checkout"), PROJECT).withoutJdk();
        archive = pack("jdk-999.0.1+2", "");
    }

    @AfterEach
    void removeLinks() throws IOException {
        checkout.removeLinks();
    }

    /// @param home where in its folder the JDK lies: on macOS not at the top
    private byte[] pack(String name, String home) throws IOException, InterruptedException {
        String top = "offered/" + name + home;
        checkout.script(top + "/bin/java", "#!/bin/sh\n");
        checkout.script(top + "/bin/javac", "#!/bin/sh\n");
        Files.writeString(checkout.file(top + "/release"), "JAVA_VERSION=\"999.0.1\"\n");
        Files.write(checkout.file(top + "/filling"), new byte[1 << 16]);
        Ended packed = checkout.run("tar", "-C", "offered", "-cf", "offered.tar", name);
        assertEquals(0, packed.exit(), packed.err());
        // Not worth a resumption when it is compressed: it is nearly empty.
        Ended zipped = checkout.run("gzip", "-1", "offered.tar");
        assertEquals(0, zipped.exit(), zipped.err());
        return Files.readAllBytes(checkout.file("offered.tar.gz"));
    }

    private Ended askForJdk(Mirror mirror) throws IOException, InterruptedException {
        return checkout.with("HEARTH_JDK_URL", mirror.url()).run("./hearth", "jdk");
    }

    private void assertFetched(Ended ended) throws IOException {
        assertEquals(0, ended.exit(), ended.err());
        assertEquals(1, ended.out().lines().count(), "nothing but the folder");
        Path home = Path.of(ended.out().strip());
        assertTrue(home.startsWith(checkout.file("cache/hearth")), ended.out());
        assertTrue(Files.isExecutable(home.resolve("bin/javac")), ended.out());
        assertEquals(1, kept().size(), "nothing is left of the fetching: " + kept());
    }

    private void assertRefused(Ended ended, String why) {
        assertEquals(EXIT_CONFIG, ended.exit(), ended.err());
        assertEquals("", ended.out());
        assertTrue(ended.err().contains(why), ended.err());
        assertTrue(ended.err().endsWith(SENTENCE), ended.err());
    }

    /// What lies in the cache of this machine's kind.
    private List<Path> kept() throws IOException {
        try (Stream<Path> kinds = Files.list(checkout.file("cache/hearth"));
                Stream<Path> kept = Files.list(kinds.findFirst().orElseThrow())) {
            return kept.toList();
        }
    }

    @Test
    void aJdkIsFetchedOnceAndKept() throws IOException, InterruptedException {
        try (Mirror mirror = Mirror.of(archive)) {
            Ended ended = askForJdk(mirror);
            assertFetched(ended);
            assertTrue(ended.err().contains("fetching one (1 MB), once, into"), ended.err());
            assertTrue(ended.err().contains("from " + mirror.url() + "\n"), ended.err());
            assertEquals(List.of("whole"), mirror.fetched());
        }
        Ended again = checkout.run("./hearth", "jdk");
        assertFetched(again);
        assertEquals("", again.err());
    }

    @Test
    void aJdkThatLiesAsOnMacOsIsFoundToo() throws IOException, InterruptedException {
        Files.delete(checkout.file("offered.tar.gz"));
        try (Mirror mirror = Mirror.of(pack("jdk-999.0.2+1", "/Contents/Home"))) {
            Ended ended = askForJdk(mirror);
            assertFetched(ended);
            assertTrue(ended.out().endsWith("/Contents/Home\n"), ended.out());
        }
    }

    @Test
    void whatIsCutOffGoesOnWhereItWas() throws IOException, InterruptedException {
        int half = archive.length / 2;
        try (Mirror mirror = Mirror.of(archive).cutting(1, half)) {
            assertFetched(askForJdk(mirror));
            assertEquals(List.of("whole", "from " + half), mirror.fetched());
        }
    }

    @Test
    void theNextRunGoesOnWhereTheLastOneGaveUp() throws IOException, InterruptedException {
        try (Mirror mirror = Mirror.of(archive).cutting(1, 100)) {
            checkout.edit("launcher/fetch.sh", Pattern.compile("sleep 1"), "return 1 # pulled out");
            assertRefused(askForJdk(mirror), "the next run goes on where this one was cut off.");
        }
        try (Mirror mirror = Mirror.of(archive)) {
            assertFetched(askForJdk(mirror));
            assertEquals(List.of("from 100"), mirror.fetched());
        }
    }

    @Test
    void whereNothingGoesOnItBeginsAgain() throws IOException, InterruptedException {
        try (Mirror mirror = Mirror.of(archive).withoutRanges().cutting(1, 100)) {
            assertFetched(askForJdk(mirror));
            assertEquals("whole", mirror.fetched().getLast());
        }
    }

    @Test
    void aMirrorThatGivesNothingIsGivenUp() throws IOException, InterruptedException {
        try (Mirror mirror = Mirror.of(archive).cutting(Integer.MAX_VALUE, 0)) {
            assertRefused(askForJdk(mirror), "the JDK could not be fetched");
        }
    }

    @Test
    void anotherThanThePublishedOneIsThrownAway() throws IOException, InterruptedException {
        String other = Mirror.sha256(new byte[1]) + "  archive.tar.gz\n";
        try (Mirror mirror = Mirror.of(archive).withChecksum(other)) {
            assertRefused(askForJdk(mirror), "its checksum is not the published one.");
            assertEquals(List.of(), kept());
        }
    }

    @Test
    void withoutAChecksumNothingIsFetched() throws IOException, InterruptedException {
        for (String text : List.of("", "<html>Sign in first</html>")) {
            try (Mirror mirror = Mirror.of(archive).withChecksum(text)) {
                assertRefused(askForJdk(mirror), "there is no checksum at " + mirror.url());
                assertEquals(List.of(), mirror.fetched());
            }
        }
    }

    @Test
    void aMirrorElsewhereIsAskedOverHttpsOnly() throws IOException, InterruptedException {
        checkout.with("HEARTH_JDK_URL", "http://example.org/jdk.tar.gz");
        assertRefused(checkout.run("./hearth", "jdk"), "HEARTH_JDK_URL must begin with https://");
    }

    @Test
    void withoutCurlItSaysSo() throws IOException, InterruptedException {
        checkout.uninstall("curl");
        assertRefused(checkout.run("./hearth", "jdk"), "curl is not installed");
    }

    @Test
    void anInstalledOneGoesFirst() throws IOException, InterruptedException {
        try (Mirror mirror = Mirror.of(archive)) {
            assertFetched(askForJdk(mirror));
            Path installed = checkout.file("offered/jdk-999.0.1+2");
            checkout.with("HEARTH_JAVA_HOME", installed.toString());
            assertEquals(installed + "\n", checkout.run("./hearth", "jdk").out());
        }
        assertFalse(Files.exists(checkout.file("cache/hearth/lock")));
    }
}
