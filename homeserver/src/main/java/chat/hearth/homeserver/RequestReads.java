package chat.hearth.homeserver;

import chat.hearth.http.BodyStream;
import chat.hearth.http.ClientGoneException;
import chat.hearth.http.Endpoint;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.path.HttpMethod;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.storage.ReadContext;
import chat.hearth.storage.ReadDroppedException;
import chat.hearth.storage.ReadPriority;
import chat.hearth.storage.ReadScopes;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// Lets what requests read take turns, by user and by what they are for, and end with their client.
///
/// Only a `GET` ends when its client has gone: what changes something is carried through.
final class RequestReads {
    /// So long after its own timeout a client surely waits no more.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// The longest timeout that is counted.
    private static final Duration TIMEOUT_MAX = Duration.ofMinutes(10);

    private static final String SYNC = "/_matrix/client/v3/sync";

    /// What people do to get in.
    private static final List<String> SIGNING_IN =
            List.of(
                    "/_matrix/client/v3/login",
                    "/_matrix/client/v3/register",
                    "/_matrix/client/v3/refresh",
                    "/_matrix/client/v3/logout");

    private final ReadScopes scopes;

    RequestReads(ReadScopes scopes) {
        this.scopes = scopes;
    }

    /// The same route, whose endpoint reads on behalf of the request's user.
    Route bounded(Route route) {
        ReadPriority priority = priority(route.template().toString());
        boolean ends = route.method() == HttpMethod.GET;
        Endpoint endpoint = route.endpoint();
        return route.withEndpoint(
                request -> answer(endpoint, request, context(request, priority, ends)));
    }

    private static ReadPriority priority(String path) {
        if (path.equals(SYNC)) {
            return ReadPriority.BULK;
        }
        return SIGNING_IN.stream().anyMatch(path::startsWith)
                ? ReadPriority.URGENT
                : ReadPriority.NORMAL;
    }

    private static ReadContext context(Request request, ReadPriority priority, boolean ends) {
        int owner = request.knownRequester().map(Requester::user).orElse(ReadContext.NOBODY);
        if (!ends) {
            return ReadContext.of(owner, priority);
        }
        long timeoutMillis =
                priority == ReadPriority.BULK ? request.queryCount("timeout").orElse(0) : 0;
        Duration patience = PATIENCE.plusMillis(Math.min(timeoutMillis, TIMEOUT_MAX.toMillis()));
        return new ReadContext(
                owner,
                priority,
                new Presence(request::clientConnected),
                System.nanoTime() + patience.toNanos());
    }

    private Response answer(Endpoint endpoint, Request request, ReadContext context)
            throws InterruptedException {
        try {
            Response response = scopes.call(context, () -> endpoint.handle(request));
            return response.withStream(stream -> out -> write(stream, out, context));
        } catch (ReadDroppedException dropped) {
            throw ended(dropped);
        }
    }

    private void write(BodyStream stream, OutputStream out, ReadContext context)
            throws IOException, InterruptedException {
        try {
            scopes.call(
                    context,
                    () -> {
                        stream.writeTo(out);
                        return out;
                    });
        } catch (ReadDroppedException dropped) {
            throw ended(dropped);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            throw failed;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// How a request ends whose reads were given up.
    private static RuntimeException ended(ReadDroppedException dropped) {
        return switch (dropped.reason()) {
            case UNWANTED -> new ClientGoneException();
            case LATE, CROWDED ->
                    new MatrixException(
                            ErrCode.M_UNKNOWN, 503, "The server is busy, try again later");
        };
    }

    /// Whether the client is there. It is looked for now and then only: most requests are answered
    /// before the first look.
    private static final class Presence implements BooleanSupplier {
        private static final long EVERY_NANOS = Duration.ofMillis(20).toNanos();

        private final BooleanSupplier connected;
        private long looked = System.nanoTime();
        private boolean there = true;

        Presence(BooleanSupplier connected) {
            this.connected = connected;
        }

        @Override
        public boolean getAsBoolean() {
            long now = System.nanoTime();
            if (there && now - looked >= EVERY_NANOS) {
                looked = now;
                there = connected.getAsBoolean();
            }
            return there;
        }
    }
}
