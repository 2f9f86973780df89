package chat.hearth.homeserver.config;

import java.net.InetAddress;
import java.util.List;

/// Where the server listens. TLS is left to a reverse proxy.
///
/// @param client for clients: the client-server API and the welcome page
/// @param ops for operators: health checks and metrics, without any authentication
/// @param trustedProxies whose `X-Forwarded-For` is believed
public record Listeners(
        @Option(
                        value = "For clients: the client-server API and the welcome page.",
                        defaults = "port=8008")
                Clients client,
        @Option(
                        value =
                                "For operators: health checks and metrics, without authentication."
                                        + " Keep it on an address that only they reach.",
                        defaults = "port=9008")
                Operators ops,
        @Option(
                        "Reverse proxies whose `X-Forwarded-For` header is believed, such as"
                                + " `127.0.0.1`. From anybody else the header is ignored.")
                List<AddressRange> trustedProxies) {

    // Not private: the compiler's checks do not see what is used in annotations only.
    static final String ADDRESS = "The address to bind. `0.0.0.0` or `::` for all of them.";
    static final String PORT = "The port to bind; 0 takes any free one.";
    static final String CONNECTIONS =
            "How many connections may be open at once. Beyond it the one that has rested longest"
                    + " is ended; while all are being served, further ones wait.";

    /// Copies the list.
    public Listeners {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /// Where clients are served. There is no server without it.
    ///
    /// @param address the address to bind
    /// @param port the port to bind; 0 takes any free one
    /// @param connectionsMax how many connections may be open at once
    public record Clients(
            @Option(value = ADDRESS, fallback = "127.0.0.1") InetAddress address,
            @Option(value = PORT, fallback = "0", min = 0, max = 65_535) int port,
            @Option(value = CONNECTIONS, fallback = "20000", min = 1) int connectionsMax) {}

    /// Where operators are served.
    ///
    /// @param enabled whether it is opened at all
    /// @param address the address to bind
    /// @param port the port to bind; 0 takes any free one
    /// @param connectionsMax how many connections may be open at once
    public record Operators(
            @Option(value = "Whether it is opened at all.", fallback = "true") boolean enabled,
            @Option(value = ADDRESS, fallback = "127.0.0.1") InetAddress address,
            @Option(value = PORT, fallback = "0", min = 0, max = 65_535) int port,
            @Option(value = CONNECTIONS, fallback = "100", min = 1) int connectionsMax) {}
}
