package chat.hearth.homeserver;

import chat.hearth.homeserver.cli.HearthCommand;
import chat.hearth.homeserver.cli.ServerControl;
import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.homeserver.config.Secret;
import chat.hearth.homeserver.logging.KeepingLogManager;
import chat.hearth.http.AddressTakenException;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.storage.DatabaseUnavailableException;
import chat.hearth.storage.StorageException;

/// Where the process begins: everything after this is a command of the command line.
public final class Main {
    private Main() {}

    /// Runs the command that `args` names and ends the process with its exit code.
    public static void main(String[] args) {
        // First of all: the JDK reads it when its logging is first touched, and never again.
        System.setProperty("java.util.logging.manager", KeepingLogManager.class.getName());
        System.exit(HearthCommand.run(new Control(), args));
    }

    /// Gives the command line this server.
    private static final class Control implements ServerControl {
        @Override
        public Running start(HearthConfig config) {
            try {
                return Hearth.start(config);
            } catch (AddressTakenException e) {
                throw new StartRefusedException(
                        e.getMessage()
                                + "; choose another with listeners."
                                + e.listener()
                                + ".port");
            } catch (StorageException e) {
                throw new StartRefusedException(reason(e));
            }
        }

        @Override
        public String createAccount(
                HearthConfig config, String localpart, Secret password, boolean admin) {
            try {
                return Hearth.createAccount(config, localpart, password, admin).value();
            } catch (MatrixException refused) {
                throw new AccountRefusedException(refused.text());
            } catch (StorageException e) {
                throw new AccountRefusedException(reason(e));
            }
        }

        /// What the driver says belongs to it, such as a wrong password.
        private static String reason(StorageException failure) {
            String message = String.valueOf(failure.getMessage());
            return failure instanceof DatabaseUnavailableException || failure.getCause() == null
                    ? message
                    : message + ": " + failure.getCause().getMessage();
        }
    }
}
