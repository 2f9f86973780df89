package chat.hearth.homeserver.client.personal;

import chat.hearth.http.Request;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.rooms.accountdata.RoomTags;
import chat.hearth.rooms.accountdata.UserAccountData;
import java.util.List;
import java.util.OptionalInt;

/// `GET /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags`, and `PUT` and `DELETE
/// /_matrix/client/v3/user/{userId}/rooms/{roomId}/tags/{tag}`.
///
/// See [Room Tagging](https://spec.matrix.org/v1.19/client-server-api/#room-tagging).
final class TagsEndpoint {
    private static final String TAGS = Own.V3 + "/user/{userId}/rooms/{roomId}/tags";
    private static final String TAG = TAGS + "/{tag}";

    private final RoomTags tags;
    private final UserAccountData accountData;

    TagsEndpoint(RoomTags tags, UserAccountData accountData) {
        this.tags = tags;
        this.accountData = accountData;
    }

    List<Route> routes() {
        return List.of(
                Route.get(TAGS, this::all),
                Route.put(TAG, this::put),
                Route.delete(TAG, this::delete));
    }

    private Response all(Request request) {
        int user = Own.requester(request).user();
        OptionalInt room = accountData.findRoom(Own.room(request));
        JsonObject all = room.isPresent() ? tags.of(user, room.getAsInt()) : JsonObject.EMPTY;
        return Response.json(JsonObject.builder().put("tags", all).build());
    }

    private Response put(Request request) {
        int user = Own.requester(request).user();
        tags.put(user, room(request, user), request.path("tag"), request.jsonOrEmpty());
        return Response.empty();
    }

    private Response delete(Request request) {
        int user = Own.requester(request).user();
        tags.remove(user, room(request, user), request.path("tag"));
        return Response.empty();
    }

    private int room(Request request, int user) {
        return accountData.room(user, Own.room(request));
    }
}
