package chat.hearth.http;

import chat.hearth.http.json.RecordJson;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.http.path.HttpMethod;
import chat.hearth.http.path.PathMatch;
import chat.hearth.http.path.PathTrie;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The one handler behind a listener: finds the route, lets the request pass or not, runs the
/// endpoint, turns what went wrong into an error response, sends, counts and logs.
final class Dispatcher implements Handler {
    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

    private static final String OPTIONS = "OPTIONS";

    /// For how long a browser need not ask again what it may send; none keeps it for longer.
    private static final String PREFLIGHT_SECONDS = "86400";

    /// How a request is counted and logged whose client did not wait for the answer or take all of
    /// it. No answer has this status; operators know it from other servers.
    private static final int CLIENT_GONE = 499;

    private final PathTrie<Route> routes;
    private final @Nullable RateLimiter otherwise;
    private final Authenticator authenticator;
    private final ResponseWriter writer;
    private final HttpSettings settings;
    private final RecordJson records;
    private final RequestMetrics metrics;
    private final KnownFailures failures;
    private final AccessLog accessLog;

    Dispatcher(
            Listener listener,
            HttpSettings settings,
            AccessTokens tokens,
            RequestMetrics metrics,
            KnownFailures failures,
            AccessLog accessLog,
            RecordJson records) {
        this.routes = trie(listener);
        this.otherwise = listener.limiter();
        this.authenticator = new Authenticator(tokens);
        this.writer = new ResponseWriter(records, listener.browsers());
        this.settings = settings;
        this.records = records;
        this.metrics = metrics;
        this.failures = failures;
        this.accessLog = accessLog;
    }

    private static PathTrie<Route> trie(Listener listener) {
        PathTrie.Builder<Route> trie = PathTrie.builder();
        for (Route route : listener.routes()) {
            trie.add(route.method(), route.template(), route);
        }
        return trie.build();
    }

    /// The request as far as it was understood.
    private static final class Exchange {
        private final long started = System.nanoTime();
        private final ServerRequest http;
        private final ServerResponse out;
        private final Connection connection;
        private final String method;
        private final RequestBody body;
        private @Nullable Request request;

        private Exchange(ServerRequest http, ServerResponse out, Pace pace) {
            this.http = http;
            this.out = out;
            this.connection = ((SocketEnd) http.remotePeer()).connection();
            this.body = new RequestBody(connection, pace);
            this.method = connection.head().method();
        }

        private boolean mustClose() {
            return body.mustClose() || connection.lease().wasRefused();
        }

        private String operation() {
            if (request != null) {
                return request.operation();
            }
            return method.equals(OPTIONS) ? OPTIONS : RequestMetrics.UNRECOGNIZED;
        }

        /// Whether the response ends with its headers.
        private boolean bodiless() {
            return method.equals("HEAD");
        }

        private @Nullable String unserved() {
            boolean isKnown = request != null || method.equals(OPTIONS);
            return isKnown
                    ? null
                    : UnservedPath.forLog(method, http.prologue().uriPath().rawPath());
        }

        private @Nullable Requester requester() {
            return request == null ? null : request.knownRequester().orElse(null);
        }
    }

    @Override
    public void handle(ServerRequest http, ServerResponse out) {
        metrics.during(() -> serve(http, out));
    }

    private void serve(ServerRequest http, ServerResponse out) {
        var exchange = new Exchange(http, out, settings.receiving());
        Response response = answer(exchange);
        boolean close = exchange.mustClose();
        note(exchange, response.status(), send(exchange, response, close));
        exchange.body.settle(close);
    }

    private long send(Exchange exchange, Response response, boolean close) {
        try {
            return writer.send(response, exchange.out, exchange.bodiless(), close);
        } catch (UncheckedIOException gone) {
            note(exchange, CLIENT_GONE, 0);
            throw gone;
        }
    }

    /// Counts and logs a request that is over.
    private void note(Exchange exchange, int status, long bytes) {
        long nanos = System.nanoTime() - exchange.started;
        metrics.answered(exchange.operation(), status, bytes, nanos);
        accessLog.answered(
                exchange.operation(),
                exchange.unserved(),
                status,
                bytes,
                nanos,
                exchange.requester());
    }

    /// Ends a request without an answer, or with part of one.
    ///
    /// @param status what is counted and logged
    private CloseConnectionException ended(
            Exchange exchange, int status, long bytes, String reason, Exception cause) {
        note(exchange, status, bytes);
        return new CloseConnectionException(reason, cause);
    }

    private Response answer(Exchange exchange) {
        try {
            Response response = writer.rendered(respond(exchange));
            exchange.connection.lease().keep(ResponseWriter.length(response.body()));
            return writer.streamed(
                    response,
                    exchange.out,
                    exchange.connection,
                    exchange.bodiless(),
                    exchange.mustClose());
        } catch (StreamCutException cut) {
            int status = logCut(exchange, cut);
            throw ended(exchange, status, cut.sentBytes(), "The answer is incomplete", cut);
        } catch (MatrixException error) {
            return writer.rendered(ErrorResponses.of(error));
        } catch (EarlyAnswer early) {
            return writer.rendered(early.response());
        } catch (CloseConnectionException | ClientGoneException gone) {
            throw ended(exchange, CLIENT_GONE, 0, "The client has gone", gone);
        } catch (InterruptedException stopping) {
            throw ended(exchange, 503, 0, "The server is stopping", stopping);
        } catch (StackOverflowError overflow) {
            StackTraceElement[] trace = overflow.getStackTrace();
            String top = trace.length == 0 ? "an unknown method" : trace[0].toString();
            LOG.log(Level.WARNING, () -> exchange.operation() + " overflowed the stack in " + top);
            return writer.rendered(
                    ErrorResponses.of(400, ErrCode.M_BAD_JSON, "The request is nested too deep"));
        } catch (Exception | LinkageError | AssertionError failed) {
            return writer.rendered(failure(exchange, failed));
        }
    }

    /// Says why an answer is incomplete.
    ///
    /// @return the status that the answer would have, had it failed before it began
    private int logCut(Exchange exchange, StreamCutException cut) {
        Throwable failure = cut.failure();
        boolean stopping = failure instanceof InterruptedException;
        if (cut.isClientGone() || stopping || isClientGone(failure)) {
            LOG.log(Level.DEBUG, () -> exchange.operation() + " was cut", failure);
            return stopping ? 503 : CLIENT_GONE;
        }
        Optional<MatrixException> known =
                failure instanceof MatrixException error
                        ? Optional.of(error)
                        : failures.answer(failure);
        if (known.isPresent()) {
            LOG.log(
                    Level.WARNING,
                    () -> exchange.operation() + " was cut: " + failure.getMessage());
            return known.get().status();
        }
        LOG.log(Level.ERROR, () -> exchange.operation() + " failed and was cut", failure);
        return 500;
    }

    private static boolean isClientGone(Throwable failure) {
        return failure instanceof ClientGoneException
                || failure instanceof CloseConnectionException;
    }

    private Response failure(Exchange exchange, Throwable failed) {
        Optional<MatrixException> known = failures.answer(failed);
        if (known.isPresent()) {
            LOG.log(
                    Level.WARNING,
                    () -> exchange.operation() + " was not served: " + failed.getMessage());
            return ErrorResponses.of(known.get());
        }
        LOG.log(Level.ERROR, () -> exchange.operation() + " failed", failed);
        return ErrorResponses.of(500, ErrCode.M_UNKNOWN, "Internal server error");
    }

    private Response respond(Exchange exchange) throws InterruptedException {
        ServerRequest http = exchange.http;
        if (exchange.method.equals(OPTIONS)) {
            return Response.empty().withHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS);
        }
        HttpMethod method = HttpMethod.serving(exchange.method).orElse(null);
        return switch (routes.match(method, http.prologue().uriPath().rawPath())) {
            case PathMatch.Unknown<Route> _ ->
                    ErrorResponses.of(404, ErrCode.M_UNRECOGNIZED, "Unrecognized request");
            case PathMatch.OtherMethod<Route> other ->
                    ErrorResponses.of(
                                    405,
                                    ErrCode.M_UNRECOGNIZED,
                                    "Unrecognized method for this path")
                            .withHeader("Allow", String.join(", ", names(other)));
            case PathMatch.Found<Route> found -> run(exchange, found);
        };
    }

    private static Iterable<String> names(PathMatch.OtherMethod<Route> other) {
        return other.allowed().stream().map(HttpMethod::name).toList();
    }

    private Response run(Exchange exchange, PathMatch.Found<Route> found)
            throws InterruptedException {
        Route route = found.target();
        var request =
                new Request(
                        exchange.http,
                        exchange.connection,
                        route,
                        found.segments(),
                        exchange.body,
                        records,
                        settings);
        exchange.request = request;
        exchange.connection.lease().chargeAddress(request.clientNetwork());
        authenticator.authenticate(request);
        request.knownRequester()
                .ifPresent(who -> exchange.connection.lease().chargeUser(who.userId().value()));
        limit(route, request);
        exchange.connection.lease().take(route.answerBytesMax());
        return route.endpoint().handle(request);
    }

    private void limit(Route route, Request request) {
        RateLimiter limiter = route.limiter() == null ? otherwise : route.limiter();
        if (limiter == null) {
            return;
        }
        Requester requester = request.knownRequester().orElse(null);
        if (requester == null) {
            limiter.acquire(request.clientNetwork());
        } else if (requester.rateLimited()) {
            limiter.acquire(requester.userId().value());
        }
    }
}
