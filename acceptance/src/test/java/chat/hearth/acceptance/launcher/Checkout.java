package chat.hearth.acceptance.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A folder that looks to the launcher like the project: the launcher itself, a source, and a jar
/// that runs the server of this test run. Nothing is built for it.
final class Checkout {

    private static final Duration RUN_MAX = Duration.ofMinutes(10);
    private static final String OURS = "HEARTH_";

    /// A version that is never released.
    static final int NEWEST_JDK = 999;

    private static final Set<String> JVM_OPTIONS =
            Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final Path folder;
    private final Path source;
    private final Map<String, String> environment = new HashMap<>();

    /// What a command that has ended printed.
    ///
    /// @param exit its exit code
    /// @param out standard output
    /// @param err standard error
    record Ended(int exit, String out, String err) {}

    private Checkout(Path folder) {
        this.folder = folder;
        this.source = folder.resolve("homeserver/src/main/Some.java");
    }

    /// Makes one in `folder`, with a jar newer than its sources.
    ///
    /// @param project the real project's folder
    static Checkout in(Path folder, Path project) throws IOException {
        Checkout checkout = unbuilt(folder, project);
        Files.createDirectories(checkout.source.getParent());
        Files.createDirectories(checkout.jar().getParent());
        Instant longAgo = Instant.now().minus(Duration.ofDays(1));
        for (Path old :
                List.of(
                        folder.resolve("pom.xml"),
                        folder.resolve("homeserver/pom.xml"),
                        checkout.source,
                        checkout.source.getParent())) {
            if (!Files.isDirectory(old)) {
                Files.createFile(old);
            }
            Files.setLastModifiedTime(old, FileTime.from(longAgo));
        }
        writeJar(checkout.jar());
        return checkout;
    }

    /// Makes one in `folder` that is nothing but the launcher.
    ///
    /// @param project the real project's folder
    static Checkout unbuilt(Path folder, Path project) throws IOException {
        var checkout = new Checkout(folder);
        for (String script :
                List.of(
                        "hearth",
                        "mvnw",
                        "launcher/fetch.sh",
                        "launcher/jdk.sh",
                        "launcher/report.sh")) {
            checkout.script(script, Files.readString(project.resolve(script)));
        }
        return checkout.with("HEARTH_JAVA_HOME", System.getProperty("java.home"))
                .with("XDG_CACHE_HOME", checkout.file("cache").toString())
                .with("no_proxy", "127.0.0.1");
    }

    /// Sets a variable of the environment of what is run.
    Checkout with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// Where the launcher looks for the server.
    Path jar() {
        return folder.resolve("homeserver/target/hearth.jar");
    }

    /// A file in this folder.
    Path file(String name) {
        return folder.resolve(name);
    }

    /// Changes a line of the launcher.
    ///
    /// @param script which of its files
    void edit(String script, Pattern line, String replacement) throws IOException {
        String text = Files.readString(file(script));
        String edited = line.matcher(text).replaceFirst(replacement);
        if (edited.equals(text)) {
            throw new AssertionError("the launcher has no line " + line);
        }
        Files.writeString(file(script), edited);
    }

    /// Lets no JDK of any machine be new enough, wherever it lies.
    Checkout withoutJdk() throws IOException {
        edit("launcher/jdk.sh", Pattern.compile("(?m)^JDK_MIN=.*$"), "JDK_MIN=" + NEWEST_JDK);
        return this;
    }

    /// Every command of this machine but one.
    void uninstall(String command) throws IOException {
        Path commands = Files.createDirectories(commands());
        for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
            if (!Files.isDirectory(Path.of(directory))) {
                continue;
            }
            try (Stream<Path> files = Files.list(Path.of(directory))) {
                for (Path file : files.filter(each -> !each.endsWith(command)).toList()) {
                    Path link = commands.resolve(file.getFileName());
                    if (Files.notExists(link) && Files.isExecutable(file)) {
                        Files.createSymbolicLink(link, file);
                    }
                }
            }
        }
        with("PATH", commands.toString());
    }

    /// Removes the links that [#uninstall] has made: those that lead out of a scratch folder are
    /// each warned of when it is removed.
    void removeLinks() throws IOException {
        if (Files.isDirectory(commands())) {
            try (Stream<Path> links = Files.list(commands())) {
                for (Path link : links.toList()) {
                    Files.delete(link);
                }
            }
        }
    }

    private Path commands() {
        return file("commands");
    }

    /// Makes the source newer than the jar.
    void changeSource() throws IOException {
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    }

    /// Writes an executable shell script.
    Path script(String name, String text) throws IOException {
        Path script = file(name);
        Files.createDirectories(script.getParent());
        Files.writeString(script, text);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// A jar of every folder on the tests' class path, which names the jars there as its own. The
    /// JVM's start-up cache knows jars only.
    private static void writeJar(Path jar) throws IOException {
        List<Path> classPath =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toList();
        Path here = jar.resolveSibling("").toAbsolutePath();
        var manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "chat.hearth.homeserver.Main");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                classPath.stream()
                        .filter(Files::isRegularFile)
                        .map(entry -> here.relativize(entry.toAbsolutePath()).toString())
                        .collect(Collectors.joining(" ")));
        attributes.putValue("Enable-Native-Access", "ALL-UNNAMED");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            Set<String> taken = new HashSet<>(Set.of(JarFile.MANIFEST_NAME));
            for (Path directory : classPath.stream().filter(Files::isDirectory).toList()) {
                add(directory, taken, out);
            }
        }
    }

    /// The first of several files of one name wins, as it does on a class path.
    private static void add(Path directory, Set<String> taken, JarOutputStream out)
            throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(file -> !file.equals(directory)).toList()) {
                boolean folder = Files.isDirectory(file);
                String name = directory.relativize(file) + (folder ? "/" : "");
                if (!taken.add(name)) {
                    continue;
                }
                out.putNextEntry(new JarEntry(name));
                if (!folder) {
                    Files.copy(file, out);
                }
                out.closeEntry();
            }
        }
    }

    /// Starts a command of this folder, its output into the file `printed`.
    Process start(String... command) throws IOException {
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(file("printed").toFile())
                        .redirectError(file("complaints").toFile());
        // Neither the options of the server nor those of any JVM, which then says so.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith(OURS) || JVM_OPTIONS.contains(name));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// Runs a command of this folder to its end.
    Ended run(String... command) throws IOException, InterruptedException {
        Process process = start(command);
        if (!process.waitFor(RUN_MAX.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(String.join(" ", command) + " does not end");
        }
        return new Ended(process.exitValue(), printed(), text("complaints"));
    }

    /// What the command that was started last has printed so far.
    String printed() throws IOException {
        return text("printed");
    }

    private String text(String name) throws IOException {
        return Files.readString(file(name), StandardCharsets.UTF_8);
    }
}
