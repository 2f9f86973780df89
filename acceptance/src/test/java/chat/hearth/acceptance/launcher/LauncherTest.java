package chat.hearth.acceptance.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.launcher.Checkout.Ended;
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
        // No machine has this one, wherever its JDKs lie.
        checkout.edit(Pattern.compile("(?m)^JDK_MIN=.*$"), "JDK_MIN=999");
        for (String command : List.of("serve", "version", "test", "bench", "jdk")) {
            Ended ended = checkout.run("./hearth", command);
            assertEquals(EXIT_CONFIG, ended.exit(), command);
            assertEquals("", ended.out());
            assertEquals(
                    "hearth: Hearth needs a JDK 999 or newer and found none; install one (any"
                            + " vendor) or set HEARTH_JAVA_HOME to its folder.\n",
                    ended.err());
        }
    }

    @Test
    void anUnknownCommandIsNamedAndTheUsageExplained() throws IOException, InterruptedException {
        Ended ended = checkout.run("./hearth", "sevre");
        assertEquals(EXIT_USAGE, ended.exit());
        assertEquals("", ended.out());
        assertTrue(ended.err().contains("./hearth serve"), ended.err());
        assertTrue(ended.err().endsWith("hearth: there is no command 'sevre'.\n"), ended.err());
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
        pretendMaven("cp " + built + " " + checkout.jar() + "\necho \"$@\" > asked");
        checkout.changeSource();
        Ended first = checkout.run("./hearth", "version");
        assertEquals(0, first.exit(), first.err());
        assertTrue(first.err().startsWith("hearth: building"), first.err());
        assertTrue(Files.readString(checkout.file("asked")).contains("package -pl homeserver -am"));
    }

    @Test
    void aFailedBuildStartsNothing() throws IOException, InterruptedException {
        pretendMaven("exit 3");
        checkout.changeSource();
        Ended ended = checkout.run("./hearth", "version");
        assertEquals(1, ended.exit());
        assertEquals("", ended.out());
        assertTrue(ended.err().endsWith("the build failed; the reasons are above.\n"), ended.err());
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
    void withoutACacheTheServerStartsAllTheSame() throws IOException, InterruptedException {
        checkout.edit(Pattern.compile("serve --rehearse"), "serve --nonsense");
        Ended built = checkout.run("./hearth", "build");
        assertEquals(0, built.exit(), built.err());
        assertTrue(built.err().endsWith("the server starts slower without.\n"), built.err());
        assertEquals(List.of(), caches());
        assertEquals(0, checkout.run("./hearth", "version").exit());
    }

    @Test
    void aCacheOfAnOlderBuildGoesWithIt() throws IOException, InterruptedException {
        assertEquals(0, checkout.run("./hearth", "build").exit());
        assertEquals(1, caches().size());
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
                    .with("MAVEN_USER_HOME", checkout.file("m2").toString())
                    .with("no_proxy", "127.0.0.1");
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
