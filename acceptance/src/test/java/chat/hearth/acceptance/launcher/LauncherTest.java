package chat.hearth.acceptance.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.launcher.Checkout.Ended;
import chat.hearth.acceptance.server.LoopbackPort;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `./hearth` says, does and ends with, whatever the machine it is typed on.
final class LauncherTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final int EXIT_USAGE = 64;
    private static final int EXIT_CONFIG = 78;

    @TempDir private Path folder = Path.of("unset");

    private Checkout checkout;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = Checkout.in(folder, PROJECT);
    }

    @Test
    void withoutAJdkItSaysWhatIsMissingInOneSentence() throws IOException, InterruptedException {
        checkout.withoutJdk()
                .with("HEARTH_JDK_URL", "http://127.0.0.1:" + LoopbackPort.free() + "/jdk.tar.gz");
        for (String command : List.of("serve", "version", "test", "bench w1", "jdk")) {
            Ended ended = checkout.run(("./hearth " + command).split(" ", -1));
            assertEquals(EXIT_CONFIG, ended.exit(), command);
            assertEquals("", ended.out());
            assertTrue(
                    ended.err()
                            .endsWith(
                                    "\nhearth: Hearth needs a JDK 999 or newer and found none;"
                                            + " install one (any vendor) or set HEARTH_JAVA_HOME"
                                            + " to its folder.\n"),
                    ended.err());
        }
    }

    @Test
    void anUnknownCommandIsNamedAndTheUsageExplained() throws IOException, InterruptedException {
        Ended ended = checkout.run("./hearth", "sevre");
        assertEquals(EXIT_USAGE, ended.exit());
        assertEquals("", ended.out());
        assertTrue(ended.err().startsWith("hearth: there is no command 'sevre'.\n"), ended.err());
        assertTrue(ended.err().contains("./hearth serve"), ended.err());
    }

    @Test
    void aWrongOptionOfACommandIsAWrongCommandLineToo() throws IOException, InterruptedException {
        Ended ended = checkout.run("./hearth", "version", "--nonsense");
        assertEquals(EXIT_USAGE, ended.exit());
        assertTrue(ended.err().contains("--nonsense"), ended.err());
    }

    @Test
    void helpNamesEveryCommand() throws IOException, InterruptedException {
        Ended plain = checkout.run("./hearth");
        Ended asked = checkout.run("./hearth", "help");
        assertEquals(0, asked.exit());
        assertEquals(asked, plain);
        for (String command : List.of("serve", "user create", "config check", "test", "bench")) {
            assertTrue(asked.out().contains("./hearth " + command), command);
        }
    }

    @Test
    void theWorkloadsAreListedWithoutBuildingAnything() throws IOException, InterruptedException {
        Path list = checkout.file("bench/workloads.txt");
        Files.createDirectories(list.getParent());
        Files.copy(PROJECT.resolve("bench/workloads.txt"), list);
        checkout.withoutJdk().changeSource();
        Ended ended = checkout.run("./hearth", "bench");
        assertEquals(0, ended.exit(), ended.err());
        assertEquals(Files.readString(list), ended.out());
        assertEquals("", ended.err());
    }

    @Test
    void versionIsThatOfTheServerAndOfItsJava() throws IOException, InterruptedException {
        Ended ended = checkout.run("./hearth", "version");
        assertEquals(0, ended.exit(), ended.err());
        assertLinesMatch(
                List.of("Hearth \\S+", "Java " + Runtime.version().feature() + "\\b.*"),
                ended.out().lines().toList());
        assertEquals("", ended.err());
    }

    @Test
    void whatIsOlderThanItsSourcesIsBuiltFirst() throws IOException, InterruptedException {
        Path built = Files.copy(checkout.jar(), checkout.file("built.jar"));
        pretendMaven(
                """
                cp "%s" "%s"
                echo "$@" > asked
                echo '[INFO] Building Hearth 0.1.0-SNAPSHOT                     [1/2]'
                echo '[INFO] Building Hearth protocol 0.1.0-SNAPSHOT            [2/2]'
                echo '[INFO] Building jar: protocol.jar'
                """
                        .formatted(built, checkout.jar()));
        checkout.changeSource();
        Ended first = checkout.run("./hearth", "version");
        assertEquals(0, first.exit(), first.err());
        assertEquals(
                """
                hearth: building, the first time takes a few minutes ...
                hearth: building all modules ...
                hearth: building protocol ...
                """,
                first.err());
        assertTrue(first.out().startsWith("Hearth "), first.out());
        assertTrue(Files.readString(checkout.file("asked")).contains("package -pl homeserver -am"));
    }

    @Test
    void aFailedBuildStartsNothing() throws IOException, InterruptedException {
        pretendMaven("echo '[ERROR] It does not compile'\necho '  symbol: seven'\nexit 3");
        checkout.changeSource();
        Ended ended = checkout.run("./hearth", "version");
        assertEquals(1, ended.exit());
        assertEquals("", ended.out());
        assertTrue(
                ended.err()
                        .endsWith(
                                """
                                [ERROR] It does not compile
                                  symbol: seven
                                hearth: the build failed; the reasons are above, all of it is in target/build.log.
                                """),
                ended.err());
        assertFalse(Files.exists(checkout.jar()), "the old jar would be taken for the new one");
    }

    @Test
    void whatIsBuiltStartsFromACacheTrainedForIt() throws IOException, InterruptedException {
        Path data = checkout.file("mine");
        checkout.with("HEARTH_DATA_DIRECTORY", data.toString());
        Ended built = checkout.run("./hearth", "build");
        assertEquals(0, built.exit(), built.err());
        assertEquals("", built.out());
        assertFalse(Files.exists(data), "the training must not touch anybody's data");

        Path loaded = checkout.file("loaded");
        checkout.with("HEARTH_JAVA_OPTS", "-Xlog:class+load:file=" + loaded);
        Ended cached = checkout.run("./hearth", "version");
        assertEquals("", cached.err());
        assertTrue(
                Files.readString(loaded)
                        .contains("chat.hearth.homeserver.Main source: shared objects file"),
                "the cache is not used");

        Ended again = checkout.run("./hearth", "build");
        assertEquals("", again.err(), "a cache that fits is not trained again");
    }

    @Test
    void aCacheThatDoesNotFitIsPassedOverInSilence() throws IOException, InterruptedException {
        Ended cached = checkout.run("./hearth", "version");
        // The launcher looks for a cache of this name, newer than the jar.
        Path cache = checkout.file("homeserver/target/hearth-" + cacheKey() + ".aot");
        Files.write(cache, new byte[1 << 20]);
        assertEquals(cached, checkout.run("./hearth", "version"));
        assertEquals(0, cached.exit(), cached.err());
        assertEquals("", cached.err());
    }

    /// What tells the start-up caches of different JDKs apart.
    private String cacheKey() throws IOException, InterruptedException {
        Path release = Path.of(System.getProperty("java.home"), "release");
        Ended sum = checkout.run("cksum", release.toString());
        assertEquals(0, sum.exit(), sum.err());
        return sum.out().substring(0, sum.out().indexOf(' '));
    }

    @Test
    void withoutACacheTheServerStartsAllTheSame() throws IOException, InterruptedException {
        checkout.edit("hearth", Pattern.compile("serve --rehearse"), "serve --nonsense");
        Ended built = checkout.run("./hearth", "build");
        assertEquals(0, built.exit(), built.err());
        assertTrue(built.err().endsWith("the server starts slower without.\n"), built.err());
        assertEquals(List.of(), caches());
        assertEquals(0, checkout.run("./hearth", "version").exit());
    }

    @Test
    void aCacheOfAnOlderBuildGoesWithIt() throws IOException, InterruptedException {
        Files.createFile(checkout.jar().resolveSibling("hearth-1.aot"));
        Path built = Files.copy(checkout.jar(), checkout.file("built.jar"));
        pretendMaven("cp " + built + " " + checkout.jar());
        checkout.changeSource();
        assertEquals(0, checkout.run("./hearth", "version").exit());
        assertEquals(List.of(), caches(), "only what serves is worth a training");
    }

    private List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(checkout.jar().getParent())) {
            return files.filter(file -> file.toString().contains(".aot")).toList();
        }
    }

    /// Puts a Maven before the real one that does this instead.
    private void pretendMaven(String does) throws IOException {
        Path maven = checkout.script("bin/mvn", "#!/bin/sh\n" + does + "\n");
        checkout.with("PATH", maven.getParent() + ":" + System.getenv("PATH"));
    }

    @Test
    void theWrapperRefusesAMavenOfAnotherChecksum() throws IOException, InterruptedException {
        HttpServer mirror =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] forged = "not Maven".getBytes(StandardCharsets.UTF_8);
        mirror.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, forged.length);
                    exchange.getResponseBody().write(forged);
                    exchange.close();
                });
        mirror.start();
        try {
            String url = "http://127.0.0.1:" + mirror.getAddress().getPort() + "/maven.tar.gz";
            checkout.with("HEARTH_MAVEN_URL", url)
                    .with("MAVEN_USER_HOME", checkout.file("m2").toString());
            Ended ended = checkout.run("./mvnw", "--version");
            assertEquals(1, ended.exit());
            assertTrue(ended.err().contains("(checksum differs)"), ended.err());
            try (Stream<Path> kept = Files.walk(checkout.file("m2"))) {
                assertEquals(List.of(), kept.filter(Files::isRegularFile).toList());
            }
        } finally {
            mirror.stop(0);
        }
    }
}
