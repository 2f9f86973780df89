package chat.hearth.homeserver.client.server;

import chat.hearth.http.Access;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersion;
import java.util.List;

/// `GET /_matrix/client/v3/capabilities`.
///
/// See [Capabilities
/// negotiation](https://spec.matrix.org/v1.19/client-server-api/#capabilities-negotiation).
final class CapabilitiesEndpoint {
    private static final JsonObject ANSWER =
            JsonObject.builder().put("capabilities", capabilities()).build();

    List<Route> routes() {
        return List.of(
                Route.get("/_matrix/client/v3/capabilities", _ -> Response.json(ANSWER))
                        .withAccess(Access.USER_OR_GUEST));
    }

    private static JsonObject capabilities() {
        return JsonObject.builder()
                .put("m.room_versions", roomVersions())
                .put("m.change_password", enabled(true))
                .put("m.set_displayname", enabled(true))
                .put("m.set_avatar_url", enabled(true))
                .put("m.profile_fields", enabled(true))
                .put("m.3pid_changes", enabled(false))
                .put("m.get_login_token", enabled(true))
                .put("m.forget_forced_upon_leave", enabled(false))
                .build();
    }

    private static JsonObject roomVersions() {
        var available = JsonObject.builder();
        for (RoomVersion version : RoomVersion.values()) {
            available.put(version.id(), "stable");
        }
        return JsonObject.builder()
                .put("default", RoomVersion.DEFAULT.id())
                .put("available", available.build())
                .build();
    }

    private static JsonObject enabled(boolean enabled) {
        return JsonObject.builder().put("enabled", enabled).build();
    }
}
