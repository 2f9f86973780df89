package chat.hearth.homeserver.cli;

import chat.hearth.homeserver.config.ConfigException;
import chat.hearth.homeserver.config.ConfigLoader;
import chat.hearth.homeserver.config.HearthConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The option that names the configuration, for the commands that read it.
final class ConfigFile {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration, in YAML; without it the server is a local one.")
    private @Nullable Path file;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /// The configuration in the file and the environment. What is odd about it is printed.
    ///
    /// @throws ConfigException with everything that is wrong
    HearthConfig load() {
        PrintWriter err = command.commandLine().getErr();
        return ConfigLoader.load(
                file, System.getenv(), warning -> err.println("hearth: warning: " + warning));
    }

    /// What to type after a command so that it reads the same configuration.
    String asArguments() {
        return file == null ? "" : " --config " + file;
    }
}
