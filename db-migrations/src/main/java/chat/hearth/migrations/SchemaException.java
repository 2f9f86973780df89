package chat.hearth.migrations;

/// The tables cannot be brought up to date. The message is written for whoever runs the server.
public final class SchemaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SchemaException(String message) {
        super(message);
    }

    SchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
