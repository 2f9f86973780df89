package chat.hearth.homeserver.client.budget;

import chat.hearth.homeserver.config.RateLimits;
import chat.hearth.http.Endpoint;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.http.path.HttpMethod;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/// What one user may write and whom they may wake: one bucket for everything that they do,
/// whichever way they do it, counted in events. An event costs 1. A receipt or a notice of typing,
/// which is written to no room, costs a tenth, and a tenth more for every 20 readers that it wakes,
/// but never more than an event, which wakes them too. A setting of one's own costs half an event.
/// Safe for use by several threads.
public final class EventBudget {
    /// What the bucket is counted in, so that less than an event can be paid for.
    private static final int PARTS = 10;

    private static final int SETTING_PARTS = 5;
    private static final int READERS_PER_PART = 20;

    private final RateLimiter limiter;

    private EventBudget(RateLimiter limiter) {
        this.limiter = limiter;
    }

    /// A budget at the rate for sending of `config`.
    ///
    /// @param nanoTime a monotonic clock in nanoseconds
    public static EventBudget of(RateLimits config, LongSupplier nanoTime) {
        RateLimits.RateLimit events = config.send();
        var parts = new RateLimits.RateLimit(events.burst() * PARTS, events.perSecond() * PARTS);
        return new EventBudget(config.limiter(parts, nanoTime));
    }

    /// Pays for events.
    ///
    /// @throws chat.hearth.protocol.error.MatrixException 429 when too many were written
    public void pay(Requester requester, int events) {
        spend(requester, Math.multiplyExact(events, PARTS));
    }

    /// The same route, where a request pays for the readers that it wakes.
    ///
    /// @param readers answers how many these are
    public Route wakes(Route route, ToIntFunction<Request> readers) {
        return paid(
                route,
                request -> Math.min(PARTS, 1 + readers.applyAsInt(request) / READERS_PER_PART));
    }

    /// The same routes, where those that write pay for an event.
    public List<Route> events(List<Route> routes) {
        return writing(routes, PARTS);
    }

    /// The same routes, where those that write pay as much as all that a user may do at once.
    public List<Route> everything(List<Route> routes) {
        return writing(routes, Integer.MAX_VALUE);
    }

    /// The same routes, where those that write pay for a setting.
    public List<Route> settings(List<Route> routes) {
        return writing(routes, SETTING_PARTS);
    }

    private List<Route> writing(List<Route> routes, int parts) {
        return routes.stream()
                .map(route -> route.method() == HttpMethod.GET ? route : paid(route, _ -> parts))
                .toList();
    }

    private Route paid(Route route, ToIntFunction<Request> parts) {
        Endpoint endpoint = route.endpoint();
        return route.withEndpoint(
                request -> {
                    spend(request.requester(), parts.applyAsInt(request));
                    return endpoint.handle(request);
                });
    }

    private void spend(Requester requester, int parts) {
        if (requester.rateLimited()) {
            limiter.acquire(requester.userId().value(), parts);
        }
    }
}
