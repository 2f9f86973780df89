package chat.hearth.bench.load;

import java.io.IOException;

/// The server broke a connection under load: the workload has failed.
public final class ConnectionLostException extends RuntimeException {

    ConnectionLostException(int connection, IOException cause) {
        super("connection " + connection + ": " + cause.getMessage(), cause);
    }
}
