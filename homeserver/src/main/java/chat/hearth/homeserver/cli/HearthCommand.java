package chat.hearth.homeserver.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The root of the command line. Exit codes are those of `sysexits.h`: 64 for a wrong command line,
/// 78 for a wrong configuration, 1 for a command that failed.
@Command(
        name = "hearth",
        description = "A Matrix homeserver.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ServeCommand.class, VersionCommand.class})
public final class HearthCommand {
    static final int EXIT_USAGE = 64;

    /// For picocli; use [#run].
    HearthCommand() {}

    /// Runs the command that `args` names and returns the process's exit code.
    public static int run(String[] args) {
        return new CommandLine(new HearthCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(HearthCommand::usageError)
                .execute(args);
    }

    private static int usageError(CommandLine.ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println("hearth: " + wrong.getMessage());
        command.usage(command.getErr());
        return EXIT_USAGE;
    }
}
