package chat.hearth.homeserver.client.personal;

import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Required;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.rooms.presence.PresenceTracker;
import chat.hearth.rooms.profile.UserProfiles;
import chat.hearth.storage.Account;
import chat.hearth.storage.Stores;

import java.util.List;

/// `GET /_matrix/client/v3/profile/{userId}`, and `GET`, `PUT` and `DELETE
/// /_matrix/client/v3/profile/{userId}/{keyName}`. Profiles may be read by anybody, as clients do
/// before they log in.
///
/// See [Profiles](https://spec.matrix.org/v1.19/client-server-api/#profiles).
final class ProfileEndpoint {
    private static final String PROFILE = Own.V3 + "/profile/{userId}";
    private static final String FIELD = PROFILE + "/{keyName}";
    private static final String KEY = "keyName";

    private final UserProfiles profiles;
    private final PresenceTracker presence;
    private final Stores stores;

    ProfileEndpoint(UserProfiles profiles, PresenceTracker presence, Stores stores) {
        this.profiles = profiles;
        this.presence = presence;
        this.stores = stores;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PROFILE, this::profile).withAccess(Access.PUBLIC),
                Route.get(FIELD, this::field).withAccess(Access.PUBLIC),
                Route.put(FIELD, this::put)
                        .withBodyLimit(Route.EVENT_BODY_BYTES_MAX)
                        .withAccess(Access.USER_OR_GUEST),
                Route.delete(FIELD, this::delete).withAccess(Access.USER_OR_GUEST));
    }

    private Response profile(Request request) {
        return Response.json(profiles.of(user(request)));
    }

    private Response field(Request request) {
        String key = request.path(KEY);
        JsonValue value =
                profiles.find(user(request), key)
                        .orElseThrow(
                                () -> MatrixException.notFound("The profile has no such field"));
        return Response.json(JsonObject.builder().put(key, value).build());
    }

    private Response put(Request request) throws InterruptedException {
        Requester requester = changer(request);
        String key = request.path(KEY);
        profiles.put(requester.user(), key, Required.of(request.json().value(key), key));
        presence.profileChanged(requester.user());
        return Response.empty();
    }

    private Response delete(Request request) throws InterruptedException {
        Requester requester = changer(request);
        profiles.remove(requester.user(), request.path(KEY));
        presence.profileChanged(requester.user());
        return Response.empty();
    }

    private int user(Request request) {
        return stores.accounts()
                .find(Own.user(request))
                .map(Account::user)
                .orElseThrow(() -> MatrixException.notFound("There is no such user"));
    }

    private static Requester changer(Request request) {
        Requester requester = Own.requester(request);
        if (requester.suspended()) {
            throw new MatrixException(
                    ErrCode.M_USER_SUSPENDED, 403, "A suspended account keeps its profile");
        }
        if (requester.guest() && !request.path(KEY).equals("displayname")) {
            throw new MatrixException(
                    ErrCode.M_GUEST_ACCESS_FORBIDDEN, 403, "Guests may change their name only");
        }
        return requester;
    }
}
