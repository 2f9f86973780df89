package chat.hearth.homeserver.cli;

import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.homeserver.config.Secret;
import chat.hearth.homeserver.logging.LogSetup;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `hearth user create`: makes an account without the network. The password is asked for, or read
/// from standard input; it is never an argument, which other users of the machine could see.
@Command(name = "user", description = "Make accounts.", mixinStandardHelpOptions = true)
final class UserCommand {
    private final ServerControl control;

    @Spec private CommandSpec spec = CommandSpec.create();

    UserCommand(ServerControl control) {
        this.control = control;
    }

    @Command(name = "create", description = "Make an account; its password is asked for.")
    int create(
            @Mixin ConfigFile configFile,
            @Parameters(
                            paramLabel = "NAME",
                            description = "The part of the user id before the colon.")
                    String name,
            @Option(names = "--admin", description = "The account may administer the server.")
                    boolean admin)
            throws IOException {
        HearthConfig config = configFile.load();
        LogSetup.installForCommand();
        try {
            // First of all: nobody should think of a password in vain.
            control.requireFree(config, name);
            Secret password = readPassword(config.passwordHash().lengthMin());
            String userId = control.createAccount(config, name, password, admin);
            spec.commandLine().getOut().printf("Made %s%s.%n", userId, admin ? ", an admin" : "");
            return 0;
        } catch (ServerControl.AccountRefusedException refused) {
            throw new CommandFailedException(refused.getMessage());
        }
    }

    /// Since JDK 25 there is again no console where standard input is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static Secret readPassword(int lengthMin) throws IOException {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            return ask(console, lengthMin);
        }
        InputStreamReader input = new InputStreamReader(System.in, StandardCharsets.UTF_8);
        String line = new BufferedReader(input).readLine();
        if (line == null || line.isEmpty()) {
            throw new CommandFailedException("there is no password on standard input");
        }
        return new Secret(line);
    }

    private static Secret ask(Console console, int lengthMin) {
        char[] password = console.readPassword("Password (at least %d characters): ", lengthMin);
        char[] again = console.readPassword("Again: ");
        if (password == null || password.length == 0 || !Arrays.equals(password, again)) {
            throw new CommandFailedException("the two passwords differ, or are empty");
        }
        return new Secret(new String(password));
    }
}
