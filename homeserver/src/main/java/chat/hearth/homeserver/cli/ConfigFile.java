package chat.hearth.homeserver.cli;

import chat.hearth.homeserver.config.ConfigException;
import chat.hearth.homeserver.config.ConfigLoader;
import chat.hearth.homeserver.config.HearthConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that names the configuration, for the commands that read it.
final class ConfigFile {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration, in YAML; without it the server is a local one.")
    private @Nullable Path file;

    /// The configuration in the file and the environment.
    ///
    /// @throws ConfigException with everything that is wrong
    HearthConfig load() {
        return ConfigLoader.load(file, System.getenv());
    }

    /// What to type after a command so that it reads the same configuration.
    String asArguments() {
        return file == null ? "" : " --config " + file;
    }
}
