package chat.hearth.acceptance.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.acceptance.server.LoopbackPort;
import chat.hearth.acceptance.server.PostgresServer;
import chat.hearth.acceptance.server.ServerProcess;
import chat.hearth.acceptance.server.ServerSettings;
import chat.hearth.acceptance.wire.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plants what is secret in a real server and looks for it in its logs, its metrics and its files,
/// those of its database included. Only message texts belong into the database; nothing belongs
/// into the rest.
final class CanaryTest {
    private static final String IN_ADDRESS = "canary-in-address-2e2e";

    @TempDir private Path directory = Path.of("unset");

    @Test
    void nothingEntrustedToAServerOnSqliteIsWrittenWhereItDoesNotBelong()
            throws IOException, InterruptedException {
        String log = search(ServerSettings.sqlite(directory), "text", directory);
        assertTrue(log.contains("POST /_matrix/client/v3/login"), log.substring(0, 2_000));
        assertTrue(Files.exists(directory.resolve(ServerSettings.SQLITE_FILE)));
    }

    @Test
    void nothingEntrustedToAServerOnPostgresqlIsWrittenWhereItDoesNotBelong()
            throws IOException, InterruptedException {
        Path data = directory.resolve("pg");
        try (var database = PostgresServer.start(data)) {
            var settings = ServerSettings.postgresql(directory.resolve("hearth"), database.url());
            String log = search(settings, "json", directory);
            assertTrue(log.lines().anyMatch(line -> line.startsWith("{")), "the log is JSON");
            assertTrue(Files.exists(data.resolve("base")));
        }
    }

    @Test
    void aDatabaseThatIsNotThereIsNamedWithoutItsPassword() {
        String url =
                "postgresql://hearth:" + IN_ADDRESS + "@127.0.0.1:" + LoopbackPort.free() + "/x";
        var settings = ServerSettings.postgresql(directory, url).talking();
        var refused = assertThrows(RuntimeException.class, () -> ServerProcess.start(settings));
        String said = String.valueOf(refused.getMessage());
        assertTrue(said.contains("127.0.0.1"), said);
        assertFalse(said.contains(IN_ADDRESS), said);
    }

    /// Runs a server that writes down all that it can, entrusts everything to it, and looks for
    /// that in what it has written and in the files of `folder`.
    ///
    /// @return the log
    private static String search(ServerSettings settings, String logFormat, Path folder)
            throws IOException, InterruptedException {
        Map<String, String> options = new HashMap<>(Entrusted.OPTIONS);
        options.put("HEARTH_LOGGING_FORMAT", logFormat);
        List<String> canaries;
        String log;
        String metrics;
        try (ServerProcess server = ServerProcess.start(settings.talking().with(options))) {
            canaries = new ArrayList<>(Entrusted.to(server.port()));
            try (Connection operator = Connection.open(server.opsPort())) {
                metrics = operator.get("/metrics").text();
            }
            assertEquals(0, server.terminate(Duration.ofMinutes(2)));
            log = server.log();
        }
        List<String> found = new ArrayList<>();
        find(canaries, files(folder), found);
        canaries.add(Entrusted.MESSAGE);
        find(canaries, Map.of("log", log, "metrics", metrics), found);
        assertEquals(List.of(), found);
        return log;
    }

    /// The files below a folder by name, as text that keeps every byte.
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                contents.put(
                        folder.relativize(file).toString(),
                        Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private static void find(
            List<String> canaries, Map<String, String> places, List<String> found) {
        for (Map.Entry<String, String> place : places.entrySet()) {
            for (String canary : canaries) {
                if (place.getValue().contains(canary)) {
                    found.add(canary + " in " + place.getKey());
                }
            }
        }
    }
}
