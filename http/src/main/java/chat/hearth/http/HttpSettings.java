package chat.hearth.http;

import chat.hearth.http.limit.ByteBudget;
import java.time.Duration;
import java.util.List;

/// The limits that all listeners share.
///
/// @param backlog connections that may wait to be accepted
/// @param idleTimeout after which a connection without a request is closed
/// @param headDeadline within which a client has to send a request's line and headers, from their
///   first byte on
/// @param shutdownGrace how long running requests may go on after the server was told to stop
/// @param bodyPatience how long nothing of a body may arrive
/// @param sendPatience how long a client may take nothing of a response
/// @param bytesPerSecondMin the rate at which bodies have to arrive and responses to be taken, once
///   the patience is used up
/// @param heapBytes the memory that the process has; connections and requests take their share of
///   it
/// @param trustedProxies whose `X-Forwarded-For` is believed
/// @param commonAddresses other addresses behind which many clients may stand, such as this
///   machine's own, on which a proxy may run that nobody has named
public record HttpSettings(
        int backlog,
        Duration idleTimeout,
        Duration headDeadline,
        Duration shutdownGrace,
        Duration bodyPatience,
        Duration sendPatience,
        long bytesPerSecondMin,
        long heapBytes,
        TrustedProxies trustedProxies,
        TrustedProxies commonAddresses) {
    /// Requests together may hold this part of the heap, and one user or address this part of that.
    private static final int BUDGET_PART = 4;

    /// The values of a server that nobody configured.
    public static HttpSettings defaults() {
        return new HttpSettings(
                4_096,
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                8 * 1024,
                Runtime.getRuntime().maxMemory(),
                TrustedProxies.NONE,
                TrustedProxies.of(List.of("127.0.0.0/8", "::1")));
    }

    /// These settings with other trusted proxies.
    public HttpSettings withTrustedProxies(TrustedProxies newProxies) {
        return new HttpSettings(
                backlog,
                idleTimeout,
                headDeadline,
                shutdownGrace,
                bodyPatience,
                sendPatience,
                bytesPerSecondMin,
                heapBytes,
                newProxies,
                commonAddresses);
    }

    /// How fast bodies have to arrive.
    Pace receiving() {
        return new Pace(bodyPatience, bytesPerSecondMin);
    }

    /// How fast responses have to be taken.
    Pace sending() {
        return new Pace(sendPatience, bytesPerSecondMin);
    }

    /// The memory that requests may hold together.
    ByteBudget budget() {
        long total = heapBytes / BUDGET_PART;
        return new ByteBudget(total, total / BUDGET_PART);
    }

    /// Whether many clients may stand behind an address.
    boolean isSharedByMany(ClientAddress address) {
        return trustedProxies.trusts(address) || commonAddresses.trusts(address);
    }
}
