package chat.hearth.homeserver.client.room;

import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomAlias;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.rooms.directory.RoomAliases;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET`, `PUT` and `DELETE /_matrix/client/v3/directory/room/{roomAlias}`, and `GET
/// /rooms/{roomId}/aliases`.
///
/// See [Room aliases](https://spec.matrix.org/v1.19/client-server-api/#room-aliases).
final class DirectoryEndpoint {
    private static final String ALIAS = "/_matrix/client/v3/directory/room/{roomAlias}";

    private final ServerName server;
    private final RoomAliases aliases;
    private final RateLimiter limiter;

    DirectoryEndpoint(ServerName server, RoomAliases aliases, RateLimiter limiter) {
        this.server = server;
        this.aliases = aliases;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.get(ALIAS, this::resolve).withAccess(Access.PUBLIC).withRateLimit(limiter),
                Route.put(ALIAS, this::add).withRateLimit(limiter),
                Route.delete(ALIAS, this::remove).withRateLimit(limiter),
                Route.get("/_matrix/client/v3/rooms/{roomId}/aliases", this::ofRoom)
                        .withAccess(Access.USER_OR_GUEST)
                        .withRateLimit(limiter));
    }

    /// The body of a new alias.
    public record Body(@Nullable RoomId roomId) {}

    private Response resolve(Request request) {
        RoomId room = aliases.resolve(alias(request));
        return Response.json(
                JsonObject.builder()
                        .put("room_id", room.value())
                        .put("servers", JsonArray.ofStrings(List.of(server.value())))
                        .build());
    }

    private Response add(Request request) {
        Requester requester = Requests.active(request);
        RoomId room = request.body(Body.class).roomId();
        if (room == null) {
            throw MatrixException.badJson("room_id is missing");
        }
        aliases.add(requester.userId(), alias(request), room);
        return Response.empty();
    }

    private Response remove(Request request) {
        Requester requester = Requests.active(request);
        aliases.remove(requester.userId(), alias(request), requester.admin());
        return Response.empty();
    }

    private Response ofRoom(Request request) {
        List<String> found =
                aliases.ofRoom(Requests.userId(request), Requests.roomId(request)).stream()
                        .map(RoomAlias::value)
                        .toList();
        return Response.json(
                JsonObject.builder().put("aliases", JsonArray.ofStrings(found)).build());
    }

    private static RoomAlias alias(Request request) {
        return request.path("roomAlias", RoomAlias::parse);
    }
}
