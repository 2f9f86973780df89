package chat.hearth.acceptance.clients;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Runs a command to its end.
final class Command {

    private Command() {}

    /// Runs `command` in `directory`.
    ///
    /// @throws IllegalStateException with all that it printed when it fails or is not installed
    static void run(Path directory, List<String> command) throws InterruptedException {
        Process process;
        String printed;
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .start();
            printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(command.getFirst() + " must be installed", e);
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed:\n" + printed);
        }
    }
}
