package chat.hearth.homeserver;

import chat.hearth.homeserver.cli.HearthCommand;

/// Where the process begins: everything after this line is a command of the command line.
public final class Main {
    private Main() {}

    /// Runs the command that `args` names and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(HearthCommand.run(args));
    }
}
