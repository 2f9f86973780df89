package chat.hearth.http;

/// A listener's address cannot be bound; the message names the address and why.
public final class AddressTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String listener;

    /// The address of `listener` cannot be bound.
    AddressTakenException(Listener listener, Exception reason) {
        super("Cannot listen on " + address(listener) + ": " + reason.getMessage(), reason);
        this.listener = listener.name();
    }

    /// The name of the listener.
    public String listener() {
        return listener;
    }

    private static String address(Listener listener) {
        boolean v6 = listener.host().contains(":");
        return (v6 ? "[" + listener.host() + "]" : listener.host()) + ":" + listener.port();
    }
}
