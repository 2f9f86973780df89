package chat.hearth.homeserver.client.server;

import chat.hearth.http.Access;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /.well-known/matrix/client`; 404 where no address is published.
///
/// See [Well-known URIs](https://spec.matrix.org/v1.19/client-server-api/#well-known-uris).
final class WellKnownEndpoint {
    private final @Nullable JsonObject document;

    WellKnownEndpoint(@Nullable JsonObject document) {
        this.document = document;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/.well-known/matrix/client", _ -> answer())
                        .withAccess(Access.PUBLIC)
                        .withoutRateLimit());
    }

    private Response answer() {
        if (document == null) {
            throw MatrixException.notFound("No address is published");
        }
        return Response.json(document);
    }
}
