package chat.hearth.homeserver;

import chat.hearth.homeserver.cli.HearthCommand;
import chat.hearth.homeserver.logging.KeepingLogManager;

/// Where the process begins: everything after this is a command of the command line.
public final class Main {
    private Main() {}

    /// Runs the command that `args` names and ends the process with its exit code.
    public static void main(String[] args) {
        // First of all: the JDK reads it when its logging is first touched, and never again.
        System.setProperty("java.util.logging.manager", KeepingLogManager.class.getName());
        System.exit(HearthCommand.run(new LocalControl(), args));
    }
}
