package chat.hearth.acceptance.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.launcher.Checkout.Ended;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where no Maven is installed, the wrapper fetches one. A small archive stands for Maven's, from a
/// mirror on this machine; the checksum is the archive's.
final class MavenFallbackTest {

    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern VERSION = Pattern.compile("(?m)^VERSION=(.*)$");
    private static final Pattern CHECKSUM = Pattern.compile("(?m)^SHA256=.*$");

    @TempDir private Path folder = Path.of("unset");

    private final AtomicInteger fetched = new AtomicInteger();
    private Checkout checkout;
    private HttpServer mirror;

    @BeforeEach
    void checkOut() throws IOException {
        checkout = Checkout.in(folder.resolve("checkout"), PROJECT);
        mirror = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @AfterEach
    void stop() throws IOException {
        mirror.stop(0);
        checkout.removeLinks();
    }

    /// Puts a Maven that does this, and notes how it was called, on the mirror.
    private void offerMaven(String does) throws Exception {
        String wrapper = Files.readString(PROJECT.resolve("mvnw"));
        Matcher version = VERSION.matcher(wrapper);
        assertTrue(version.find(), "the wrapper names no version");
        String name = "apache-maven-" + version.group(1);
        checkout.script(
                "offered/" + name + "/bin/mvn",
                "#!/bin/sh\necho \"$@\" >> \"" + checkout.file("asked") + "\"\n" + does + "\n");
        Ended packed = checkout.run("tar", "-C", "offered", "-czf", "offered.tar.gz", name);
        assertEquals(0, packed.exit(), packed.err());
        byte[] archive = Files.readAllBytes(checkout.file("offered.tar.gz"));
        checkout.script(
                "mvnw", CHECKSUM.matcher(wrapper).replaceFirst("SHA256=" + sha256(archive)));
        mirror.createContext(
                "/",
                exchange -> {
                    fetched.incrementAndGet();
                    exchange.sendResponseHeaders(200, archive.length);
                    exchange.getResponseBody().write(archive);
                    exchange.close();
                });
        mirror.start();
        checkout.with(
                        "HEARTH_MAVEN_URL",
                        "http://127.0.0.1:" + mirror.getAddress().getPort() + "/maven.tar.gz")
                .with("MAVEN_USER_HOME", checkout.file("m2").toString());
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(checkout.file("asked"));
    }

    @Test
    void mavenIsFetchedOnceAndKept() throws Exception {
        offerMaven("echo this is Maven");
        Ended first = checkout.run("./mvnw", "--version");
        assertEquals(0, first.exit(), first.err());
        assertEquals("this is Maven\n", first.out());
        mirror.stop(0);
        Ended second = checkout.run("./mvnw", "-B", "verify");
        assertEquals("this is Maven\n", second.out(), second.err());
        assertEquals(1, fetched.get());
        assertEquals(List.of("--version", "-B verify"), asked());
        try (Stream<Path> kept = Files.list(checkout.file("m2/wrapper/dists"))) {
            assertEquals(1, kept.count(), "nothing is left of the fetching");
        }
    }

    @Test
    void withoutMavenTheLauncherBuildsByTheWrapper() throws Exception {
        Path built = Files.copy(checkout.jar(), checkout.file("built.jar"));
        offerMaven("cp \"" + built + "\" \"" + checkout.jar() + "\"");
        checkout.uninstall("mvn");
        checkout.changeSource();
        Ended ended = checkout.run("./hearth", "version");
        assertEquals(0, ended.exit(), ended.err());
        assertTrue(ended.out().startsWith("Hearth "), ended.out());
        assertEquals(1, fetched.get());
        assertTrue(asked().getFirst().contains("package -pl homeserver -am"), asked()::toString);
    }

    @Test
    void whereThereIsNothingToFetchItSaysSo() throws Exception {
        offerMaven("exit 1");
        checkout.uninstall("mvn");
        mirror.stop(0);
        checkout.changeSource();
        Ended ended = checkout.run("./hearth", "version");
        assertEquals(1, ended.exit());
        assertTrue(ended.err().contains("mvnw: could not fetch Maven "), ended.err());
        assertTrue(ended.err().contains("the build failed; the reasons are above"), ended.err());
    }
}
