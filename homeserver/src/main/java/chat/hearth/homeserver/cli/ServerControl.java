package chat.hearth.homeserver.cli;

import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.homeserver.config.Secret;
import java.util.OptionalInt;

/// What the command line asks of the server.
public interface ServerControl {
    /// Starts a homeserver, which answers when this returns.
    ///
    /// @throws StartRefusedException when something outside of it stands in its way
    Running start(HearthConfig config);

    /// Lets pass when an account of that name could be made.
    ///
    /// @throws AccountRefusedException when the name is taken or not allowed
    void requireFree(HearthConfig config, String localpart);

    /// Makes an account in the database that `config` names, whether or not a server runs on it.
    ///
    /// @return the whole user id
    /// @throws AccountRefusedException when the name is taken or not allowed
    String createAccount(HearthConfig config, String localpart, Secret password, boolean admin);

    /// A homeserver that runs.
    interface Running extends AutoCloseable {
        /// The port that clients connect to.
        int clientPort();

        /// The port for operators, if that listener is enabled.
        OptionalInt opsPort();

        /// Waits until the server can do no more than be started again.
        void awaitFailure() throws InterruptedException;

        /// Ends long polls, lets requests in flight end, and releases everything.
        @Override
        void close();
    }

    /// A server could not start; the message says why, to a person.
    final class StartRefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        /// Refused for `reason`.
        public StartRefusedException(String reason) {
            super(reason);
        }
    }

    /// An account could not be made; the message says why, to a person.
    final class AccountRefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        /// Refused for `reason`.
        public AccountRefusedException(String reason) {
            super(reason);
        }
    }
}
