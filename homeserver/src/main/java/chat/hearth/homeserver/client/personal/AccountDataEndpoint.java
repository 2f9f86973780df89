package chat.hearth.homeserver.client.personal;

import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.rooms.accountdata.UserAccountData;

import java.util.List;
import java.util.OptionalInt;

/// `GET` and `PUT /_matrix/client/v3/user/{userId}/account_data/{type}` and
/// `/_matrix/client/v3/user/{userId}/rooms/{roomId}/account_data/{type}`.
///
/// See [Client Config](https://spec.matrix.org/v1.19/client-server-api/#client-config).
final class AccountDataEndpoint {
    private static final String USER = Own.V3 + "/user/{userId}";
    private static final String GLOBAL = USER + "/account_data/{type}";
    private static final String ROOM = USER + "/rooms/{roomId}/account_data/{type}";

    private final UserAccountData accountData;

    AccountDataEndpoint(UserAccountData accountData) {
        this.accountData = accountData;
    }

    List<Route> routes() {
        return List.of(
                Route.get(GLOBAL, request -> find(request, UserAccountData.GLOBAL)),
                Route.put(GLOBAL, request -> put(request, UserAccountData.GLOBAL))
                        .withBodyLimit(Route.EVENT_BODY_BYTES_MAX),
                Route.get(ROOM, this::findInRoom),
                Route.put(ROOM, request -> put(request, room(request)))
                        .withBodyLimit(Route.EVENT_BODY_BYTES_MAX));
    }

    private int room(Request request) {
        return accountData.room(Own.requester(request).user(), Own.room(request));
    }

    private Response findInRoom(Request request) {
        var _ = Own.requester(request);
        OptionalInt room = accountData.findRoom(Own.room(request));
        return find(request, room.orElseThrow(AccountDataEndpoint::nothingThere));
    }

    private Response find(Request request, int room) {
        Requester requester = Own.requester(request);
        return accountData
                .find(requester.userId(), requester.user(), room, request.path("type"))
                .map(Response::json)
                .orElseThrow(AccountDataEndpoint::nothingThere);
    }

    private static MatrixException nothingThere() {
        return MatrixException.notFound("There is no such account data");
    }

    private Response put(Request request, int room) {
        Requester requester = Own.requester(request);
        accountData.put(requester.user(), room, request.path("type"), request.json());
        return Response.empty();
    }
}
