package chat.hearth.http.path;

import java.util.Optional;

/// The request methods that endpoints may be registered for. `HEAD` is served as `GET` without its
/// body and `OPTIONS` by the server itself, so no endpoint has either.
public enum HttpMethod {
    /// Reads.
    GET,
    /// Creates or acts.
    POST,
    /// Creates or replaces, idempotent.
    PUT,
    /// Removes.
    DELETE;

    /// The method that serves a request with method `token`; empty when no endpoint can.
    public static Optional<HttpMethod> serving(String token) {
        return switch (token) {
            case "GET", "HEAD" -> Optional.of(GET);
            case "POST" -> Optional.of(POST);
            case "PUT" -> Optional.of(PUT);
            case "DELETE" -> Optional.of(DELETE);
            default -> Optional.empty();
        };
    }
}
