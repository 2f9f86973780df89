package chat.hearth.homeserver.cli;

import chat.hearth.homeserver.config.ConfigReference;
import chat.hearth.homeserver.config.HearthConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `hearth config check` and `hearth config reference`.
@Command(
        name = "config",
        description = "Check the configuration, or explain it.",
        mixinStandardHelpOptions = true)
final class ConfigCommand {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(name = "check", description = "Read the configuration and say what is wrong with it.")
    int check(@Mixin ConfigFile configFile) {
        HearthConfig config = configFile.load();
        spec.commandLine()
                .getOut()
                .printf("The configuration of %s is fine.%n", config.serverName());
        return 0;
    }

    @Command(name = "reference", description = "Print every option with its default, as Markdown.")
    int reference() {
        spec.commandLine().getOut().print(ConfigReference.markdown());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
