package chat.hearth.homeserver.cli;

import chat.hearth.homeserver.config.ConfigException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The root of the command line. Exit codes are those of `sysexits.h`: 64 for a wrong command line,
/// 78 for a wrong configuration; 1 for a command that failed.
@Command(
        name = "hearth",
        description = "A Matrix homeserver.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class HearthCommand {
    static final int EXIT_FAILED = 1;
    static final int EXIT_USAGE = 64;
    static final int EXIT_CONFIG = 78;

    /// Made by [#run].
    HearthCommand() {}

    /// Runs the command that `args` names and returns the process's exit code.
    public static int run(ServerControl control, String... args) {
        return commandLine(control).execute(args);
    }

    /// All commands, for [#run] and for tests that read what is printed.
    static CommandLine commandLine(ServerControl control) {
        return new CommandLine(new HearthCommand())
                .addSubcommand(new ServeCommand(control))
                .addSubcommand(new UserCommand(control))
                .addSubcommand(new ConfigCommand())
                .addSubcommand(new VersionCommand())
                .setExecutionExceptionHandler(HearthCommand::failed)
                .setParameterExceptionHandler(HearthCommand::usageError);
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed)
            throws Exception {
        PrintWriter err = command.getErr();
        if (failure instanceof ConfigException wrong) {
            err.println("hearth: the configuration cannot be used:");
            wrong.problems().forEach(problem -> err.println("  " + problem));
            return EXIT_CONFIG;
        }
        if (failure instanceof CommandFailedException reason) {
            err.println("hearth: " + reason.getMessage());
            return EXIT_FAILED;
        }
        throw failure;
    }

    private static int usageError(CommandLine.ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        command.getErr().println("hearth: " + reason(wrong));
        command.usage(command.getErr());
        return EXIT_USAGE;
    }

    /// Of a word where a command is expected picocli says only that it does not match. The usage,
    /// which lists the commands, follows.
    private static String reason(CommandLine.ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        if (!(wrong instanceof UnmatchedArgumentException unmatched)
                || unmatched.isUnknownOption()
                || command.getSubcommands().isEmpty()) {
            return String.valueOf(wrong.getMessage());
        }
        return "`"
                + unmatched.getUnmatched().getFirst()
                + ("` is not a command of `" + command.getCommandSpec().qualifiedName() + "`");
    }
}
