package chat.hearth.acceptance.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a server under test is started with.
///
/// @param directory holds its configuration, its log and, for SQLite, its data; made when missing
/// @param databaseUrl `sqlite:` and a path, or `postgresql:` and the rest of a URL
/// @param jvmOptions options of the server's JVM, heap size included
/// @param prefix a command put before `java`, such as a tracer; empty for none
/// @param launcher the `./hearth` that starts the server in place of the caller's JVM and class
///   path
/// @param talkative whether everything that can be logged is logged
/// @param environment further options by the names of their variables; they go before the others
public record ServerSettings(
        Path directory,
        String databaseUrl,
        List<String> jvmOptions,
        List<String> prefix,
        Optional<Path> launcher,
        boolean talkative,
        Map<String, String> environment) {

    /// Enough for every test and every workload but the largest.
    public static final String HEAP = "-Xmx1g";

    /// The database file of [#sqlite(Path)], inside the directory.
    public static final String SQLITE_FILE = "hearth.db";

    /// What `./hearth serve` gives the JVM too; a test compares. The last is for our class path,
    /// the launcher's jar says it itself.
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-Xms32m",
                    "-Xss512k",
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Djdk.virtualThreadScheduler.parallelism=8",
                    "-Dfile.encoding=UTF-8",
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED");

    /// Takes unmodifiable copies.
    public ServerSettings {
        jvmOptions = List.copyOf(jvmOptions);
        prefix = List.copyOf(prefix);
        environment = Map.copyOf(environment);
    }

    /// A server on SQLite with everything under `directory`.
    public static ServerSettings sqlite(Path directory) {
        return on(directory, "sqlite:" + SQLITE_FILE);
    }

    /// A server on the PostgreSQL database `url`.
    public static ServerSettings postgresql(Path directory, String url) {
        return on(directory, url);
    }

    private static ServerSettings on(Path directory, String url) {
        return new ServerSettings(
                directory, url, List.of(HEAP), List.of(), Optional.empty(), false, Map.of());
    }

    /// These settings with other JVM options.
    public ServerSettings withJvmOptions(List<String> options) {
        return new ServerSettings(
                directory, databaseUrl, options, prefix, launcher, talkative, environment);
    }

    /// These settings with the server run under `command`.
    public ServerSettings under(List<String> command) {
        return new ServerSettings(
                directory, databaseUrl, jvmOptions, command, launcher, talkative, environment);
    }

    /// These settings with the server started as people start it, by the script `launcher`, on its
    /// jar and with its start-up cache.
    public ServerSettings launchedBy(Path launcher) {
        return new ServerSettings(
                directory,
                databaseUrl,
                jvmOptions,
                prefix,
                Optional.of(launcher),
                talkative,
                environment);
    }

    /// These settings with everything logged that can be.
    public ServerSettings talking() {
        return new ServerSettings(
                directory, databaseUrl, jvmOptions, prefix, launcher, true, environment);
    }

    /// These settings with further options.
    ///
    /// @param options values by the names of their variables, such as `HEARTH_LOGGING_FORMAT`
    public ServerSettings with(Map<String, String> options) {
        return new ServerSettings(
                directory, databaseUrl, jvmOptions, prefix, launcher, talkative, options);
    }

    /// Writes the configuration file: open registration, the cheapest password hash, no rate
    /// limits, the least or the most of logs, and polls as long as any test asks for.
    Path writeConfig(int clientPort, int opsPort) {
        String yaml =
                """
                server-name: localhost
                data-directory: "%s"
                listeners:
                  client: {port: %d}
                  ops: {port: %d}
                database:
                  url: "%s"
                registration:
                  mode: open
                rate-limits:
                  enabled: false
                password-hash:
                  memory-kib: 8
                  iterations: 1
                  waiting-max: 100000
                sync:
                  wait-max: 5m
                logging:
                  level: %s
                  access: %b
                """
                        .formatted(
                                directory,
                                clientPort,
                                opsPort,
                                databaseUrl,
                                talkative ? "trace" : "warning",
                                talkative);
        try {
            Files.createDirectories(directory);
            Path config = Files.writeString(directory.resolve("hearth.yaml"), yaml);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            keepPrivate(config);
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Lets nobody but the owner of a file at it, as the server advises.
    static void keepPrivate(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    /// The command line that serves with `config`: on the JVM and the class path of the caller, or
    /// as the launcher does it.
    List<String> command(Path config) {
        var command = new ArrayList<>(prefix);
        if (launcher.isPresent()) {
            command.add(launcher.get().toString());
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(JVM_OPTIONS);
            command.addAll(jvmOptions);
            command.add("-cp");
            command.add(System.getProperty("java.class.path"));
            command.add("chat.hearth.homeserver.Main");
        }
        command.addAll(List.of("serve", "--config", config.toString()));
        return command;
    }

    /// What is set in the environment of [#command(Path)].
    Map<String, String> variables() {
        var variables = new HashMap<>(environment);
        if (launcher.isPresent()) {
            variables.put("HEARTH_JAVA_HOME", System.getProperty("java.home"));
            variables.put("HEARTH_JAVA_OPTS", String.join(" ", jvmOptions));
        }
        return variables;
    }
}
