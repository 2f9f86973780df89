package chat.hearth.homeserver.client.server;

import chat.hearth.http.Access;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;

/// `GET /_matrix/client/versions`.
///
/// See [API Versions](https://spec.matrix.org/v1.19/client-server-api/#api-versions).
final class VersionsEndpoint {
    /// The minor of v1.19. What is served behaves as that version says, and no version took
    /// anything away from what is served, so all versions before it are listed too.
    private static final int MINOR_MAX = 19;

    private static final JsonObject VERSIONS =
            JsonObject.builder()
                    .put(
                            "versions",
                            JsonArray.ofStrings(
                                    IntStream.rangeClosed(1, MINOR_MAX)
                                            .mapToObj(minor -> "v1." + minor)
                                            .toList()))
                    .put("unstable_features", JsonObject.EMPTY)
                    .build();

    List<Route> routes() {
        return List.of(
                Route.get("/_matrix/client/versions", _ -> Response.json(VERSIONS))
                        .withAccess(Access.OPTIONAL)
                        .withoutRateLimit());
    }
}
