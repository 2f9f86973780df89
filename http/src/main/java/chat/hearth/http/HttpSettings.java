package chat.hearth.http;

import java.time.Duration;

/// The limits that all listeners share.
///
/// @param backlog connections that may wait to be accepted
/// @param idleTimeout after which a connection without a request is closed
/// @param headDeadline within which a client has to send a request's line and headers, from their
///   first byte on
/// @param shutdownGrace how long running requests may go on after the server was told to stop
/// @param payloadBytesMax the largest body in bytes that any route may allow
/// @param bodyDeadline within which a client has to send a body
/// @param sendDeadline within which a client has to take a large response
/// @param trustedProxies whose `X-Forwarded-For` is believed
public record HttpSettings(
        int backlog,
        Duration idleTimeout,
        Duration headDeadline,
        Duration shutdownGrace,
        long payloadBytesMax,
        Duration bodyDeadline,
        Duration sendDeadline,
        TrustedProxies trustedProxies) {
    /// The values of a server that nobody configured.
    public static HttpSettings defaults() {
        return new HttpSettings(
                1_024,
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                50L << 20,
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                TrustedProxies.NONE);
    }
}
