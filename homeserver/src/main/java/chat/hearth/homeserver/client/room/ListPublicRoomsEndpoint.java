package chat.hearth.homeserver.client.room;

import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.error.Excerpt;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonNull;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.rooms.directory.PublicRoom;
import chat.hearth.rooms.directory.PublicRooms;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `GET` and `POST /_matrix/client/v3/publicRooms`, `GET` and `PUT /directory/list/room/{roomId}`.
///
/// See [Published room
/// directory](https://spec.matrix.org/v1.19/client-server-api/#published-room-directory).
final class ListPublicRoomsEndpoint {
    private static final String LIST = "/_matrix/client/v3/publicRooms";
    private static final String VISIBILITY = "/_matrix/client/v3/directory/list/room/{roomId}";

    /// A page holds this many rooms at most, and as many unless the request says otherwise.
    private static final int LIMIT_MAX = 100;

    /// What there is of every network: none is bridged to.
    private static final PublicRooms.Page NO_ROOMS = new PublicRooms.Page(List.of(), null, null, 0);

    private final ServerName server;
    private final PublicRooms rooms;
    private final RateLimiter limiter;

    ListPublicRoomsEndpoint(ServerName server, PublicRooms rooms, RateLimiter limiter) {
        this.server = server;
        this.rooms = rooms;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.get(LIST, this::list)
                        .withAnswerLimit(Route.LIST_ANSWER_BYTES_MAX)
                        .withAccess(Access.PUBLIC)
                        .withRateLimit(limiter),
                Route.post(LIST, this::search)
                        .withAnswerLimit(Route.LIST_ANSWER_BYTES_MAX)
                        .withAccess(Access.USER_OR_GUEST)
                        .withRateLimit(limiter),
                Route.get(VISIBILITY, this::visibility)
                        .withAccess(Access.PUBLIC)
                        .withRateLimit(limiter),
                Route.put(VISIBILITY, this::changeVisibility).withRateLimit(limiter));
    }

    /// The body of a search.
    public record Search(
            @Nullable Long limit,
            @Nullable String since,
            @Nullable JsonObject filter,
            @Nullable Boolean includeAllNetworks,
            @Nullable String thirdPartyInstanceId) {}

    /// The body of a change.
    public record Visibility(@Nullable String visibility) {}

    private Response list(Request request) {
        requireOurs(request);
        int limit = limit(Requests.limit(request, LIMIT_MAX, LIMIT_MAX));
        return answer(PublicRooms.Query.ALL, request.query("since").orElse(null), limit);
    }

    private Response search(Request request) {
        requireOurs(request);
        Search search = request.bodyOrEmpty(Search.class);
        long limit = search.limit() == null ? LIMIT_MAX : search.limit();
        if (limit < 0) {
            throw MatrixException.invalidParam("limit must not be negative");
        }
        PublicRooms.Query query = query(search.filter());
        if (search.thirdPartyInstanceId() != null) {
            if (Boolean.TRUE.equals(search.includeAllNetworks())) {
                throw MatrixException.invalidParam(
                        "third_party_instance_id asks for one network, include_all_networks for"
                                + " all");
            }
            return answer(NO_ROOMS);
        }
        return answer(query, search.since(), limit((int) Math.min(limit, LIMIT_MAX)));
    }

    /// A page of no rooms would never come to an end.
    private static int limit(int asked) {
        return asked == 0 ? LIMIT_MAX : asked;
    }

    /// Other servers' directories come with federation.
    private void requireOurs(Request request) {
        String asked = request.queryText("server").orElse(server.value());
        if (!asked.equals(server.value())) {
            throw MatrixException.notFound(
                    "The directory of " + Excerpt.of(asked) + " cannot be reached");
        }
    }

    private static PublicRooms.Query query(@Nullable JsonObject filter) {
        if (filter == null) {
            return PublicRooms.Query.ALL;
        }
        return new PublicRooms.Query(
                term(filter.value("generic_search_term")), types(filter.value("room_types")));
    }

    private static @Nullable String term(@Nullable JsonValue value) {
        return switch (value) {
            case null -> null;
            case JsonNull _ -> null;
            case JsonString text -> text.value();
            case JsonValue _ ->
                    throw MatrixException.badJson("generic_search_term must be a string");
        };
    }

    private static @Nullable Set<@Nullable String> types(@Nullable JsonValue value) {
        return switch (value) {
            case null -> null;
            case JsonNull _ -> null;
            case JsonArray array -> {
                Set<@Nullable String> types = new HashSet<>();
                for (JsonValue type : array) {
                    types.add(type(type));
                }
                yield types;
            }
            case JsonValue _ -> throw MatrixException.badJson("room_types must be a list");
        };
    }

    /// Rooms that are of no type are asked for by `null`.
    private static @Nullable String type(JsonValue value) {
        return switch (value) {
            case JsonNull _ -> null;
            case JsonString text -> text.value();
            case JsonValue _ -> throw MatrixException.badJson("room_types must hold strings");
        };
    }

    private Response answer(PublicRooms.Query query, @Nullable String since, int limit) {
        boolean fromTheStart = since == null || since.isEmpty();
        return answer(rooms.page(query, fromTheStart ? null : since, limit));
    }

    private static Response answer(PublicRooms.Page page) {
        var chunk = page.rooms().stream().map(ListPublicRoomsEndpoint::entry).toList();
        return Response.json(
                JsonObject.builder()
                        .put("chunk", new JsonArray(List.copyOf(chunk)))
                        .putIfPresent("next_batch", page.next())
                        .putIfPresent("prev_batch", page.previous())
                        .put("total_room_count_estimate", page.total())
                        .build());
    }

    private static JsonValue entry(PublicRoom room) {
        return JsonObject.builder()
                .put("room_id", room.roomId().value())
                .put("num_joined_members", room.joined())
                .put("world_readable", room.worldReadable())
                .put("guest_can_join", room.guestCanJoin())
                .putIfPresent("name", room.name())
                .putIfPresent("topic", room.topic())
                .putIfPresent("canonical_alias", room.canonicalAlias())
                .putIfPresent("avatar_url", room.avatarUrl())
                .putIfPresent("join_rule", room.joinRule())
                .putIfPresent("room_type", room.roomType())
                .build();
    }

    private Response visibility(Request request) {
        boolean listed = rooms.isListed(Requests.roomId(request));
        return Response.json("visibility", listed ? "public" : "private");
    }

    private Response changeVisibility(Request request) {
        Requester requester = Requests.active(request);
        String visibility = request.bodyOrEmpty(Visibility.class).visibility();
        boolean listed =
                switch (visibility) {
                    case null -> true;
                    case "public" -> true;
                    case "private" -> false;
                    default ->
                            throw MatrixException.invalidParam(
                                    "visibility must be public or private");
                };
        rooms.list(requester.userId(), Requests.roomId(request), listed, requester.admin());
        return Response.empty();
    }
}
