package chat.hearth.homeserver.client.server;

import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersion;
import java.util.List;

/// `GET /_matrix/client/v3/capabilities`: what the requester can do here.
///
/// See [Capabilities
/// negotiation](https://spec.matrix.org/v1.19/client-server-api/#capabilities-negotiation).
final class CapabilitiesEndpoint {
    private static final JsonObject ENABLED = JsonObject.builder().put("enabled", true).build();
    private static final JsonObject DISABLED = JsonObject.builder().put("enabled", false).build();

    /// A guest has a display name and nothing else.
    private static final JsonObject NAME_ONLY =
            ENABLED.with("allowed", JsonArray.ofStrings(List.of("displayname")));

    private final JsonObject users;
    private final JsonObject guests;

    /// A suspended account keeps its profile as it is.
    private final JsonObject suspended;

    private final JsonObject suspendedGuests;

    CapabilitiesEndpoint(RoomVersion defaultRoomVersion) {
        JsonObject versions = roomVersions(defaultRoomVersion);
        this.users = capabilities(versions, ENABLED, ENABLED, ENABLED);
        this.guests = capabilities(versions, NAME_ONLY, ENABLED, DISABLED);
        this.suspended = capabilities(versions, DISABLED, DISABLED, ENABLED);
        this.suspendedGuests = capabilities(versions, DISABLED, DISABLED, DISABLED);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/_matrix/client/v3/capabilities", this::capabilities)
                        .withAccess(Access.USER_OR_GUEST));
    }

    private Response capabilities(Request request) {
        Requester requester = request.requester();
        if (requester.guest()) {
            return Response.json(requester.suspended() ? suspendedGuests : guests);
        }
        return Response.json(requester.suspended() ? suspended : users);
    }

    /// @param versions the room versions
    /// @param profile what can be changed of the profile
    /// @param name whether its display name can
    /// @param account whether there is an account, with a password and other sessions
    private static JsonObject capabilities(
            JsonObject versions, JsonObject profile, JsonObject name, JsonObject account) {
        JsonObject avatar = profile.equals(ENABLED) ? ENABLED : DISABLED;
        JsonObject capabilities =
                JsonObject.builder()
                        .put("m.room_versions", versions)
                        .put("m.change_password", account)
                        .put("m.set_displayname", name)
                        .put("m.set_avatar_url", avatar)
                        .put("m.profile_fields", profile)
                        .put("m.3pid_changes", DISABLED)
                        .put("m.get_login_token", account)
                        .put("m.forget_forced_upon_leave", DISABLED)
                        .build();
        return JsonObject.builder().put("capabilities", capabilities).build();
    }

    private static JsonObject roomVersions(RoomVersion defaultVersion) {
        var available = JsonObject.builder();
        for (RoomVersion version : RoomVersion.values()) {
            available.put(version.id(), "stable");
        }
        return JsonObject.builder()
                .put("default", defaultVersion.id())
                .put("available", available.build())
                .build();
    }
}
