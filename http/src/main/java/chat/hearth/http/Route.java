package chat.hearth.http;

import chat.hearth.http.limit.RateLimit;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.http.path.HttpMethod;
import chat.hearth.http.path.PathTemplate;
import org.jspecify.annotations.Nullable;

/// One operation: method and path, who may call it, its limits, and the endpoint behind it.
/// Immutable; the `with…` methods answer changed copies.
///
/// @param method the request method
/// @param template the path
/// @param access who may call it
/// @param bodyBytesMax the largest body in bytes; larger ones are a 413
/// @param limiter the rate limit by user, or by client address where there is no user; null for the
///   listener's
/// @param endpoint what answers
public record Route(
        HttpMethod method,
        PathTemplate template,
        Access access,
        int bodyBytesMax,
        @Nullable RateLimiter limiter,
        Endpoint endpoint) {
    /// The largest body in bytes unless the route says otherwise. Events have at most 64 KiB, see
    /// [Size limits](https://spec.matrix.org/v1.19/client-server-api/#size-limits); the largest
    /// ordinary requests hold a few dozen of them.
    public static final int BODY_BYTES_MAX = 1 << 20;

    /// A `GET` of `template` for users with an account.
    public static Route get(String template, Endpoint endpoint) {
        return of(HttpMethod.GET, template, endpoint);
    }

    /// A `POST` to `template` for users with an account.
    public static Route post(String template, Endpoint endpoint) {
        return of(HttpMethod.POST, template, endpoint);
    }

    /// A `PUT` to `template` for users with an account.
    public static Route put(String template, Endpoint endpoint) {
        return of(HttpMethod.PUT, template, endpoint);
    }

    /// A `DELETE` of `template` for users with an account.
    public static Route delete(String template, Endpoint endpoint) {
        return of(HttpMethod.DELETE, template, endpoint);
    }

    private static Route of(HttpMethod method, String template, Endpoint endpoint) {
        return new Route(
                method, PathTemplate.of(template), Access.USER, BODY_BYTES_MAX, null, endpoint);
    }

    /// This route for those whom `newAccess` lets in.
    public Route withAccess(Access newAccess) {
        return new Route(method, template, newAccess, bodyBytesMax, limiter, endpoint);
    }

    /// This route with bodies of at most `bytes`.
    public Route withBodyLimit(int bytes) {
        return new Route(method, template, access, bytes, limiter, endpoint);
    }

    /// This route with another endpoint behind it.
    public Route withEndpoint(Endpoint newEndpoint) {
        return new Route(method, template, access, bodyBytesMax, limiter, newEndpoint);
    }

    /// This route under a rate limit by user, or by client address where there is no user.
    public Route withRateLimit(RateLimiter newLimiter) {
        return new Route(method, template, access, bodyBytesMax, newLimiter, endpoint);
    }

    /// This route under no rate limit, not even the listener's: for answers that cost no more than
    /// a refusal, and for what is bounded otherwise.
    public Route withoutRateLimit() {
        return withRateLimit(new RateLimiter(RateLimit.UNLIMITED, () -> 0));
    }

    /// The operation's name in logs and metrics: the method and the path's template.
    public String operation() {
        return method + " " + template;
    }
}
