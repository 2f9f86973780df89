package chat.hearth.homeserver.client.room;

import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.Excerpt;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.create.RoomUpgrade;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST /_matrix/client/v3/rooms/{roomId}/upgrade`: replaces a room by one of another version.
///
/// See [Room upgrades](https://spec.matrix.org/v1.19/client-server-api/#room-upgrades).
final class RoomUpgradesEndpoint {
    private final RoomUpgrade upgrade;
    private final RateLimiter limiter;

    RoomUpgradesEndpoint(RoomUpgrade upgrade, RateLimiter limiter) {
        this.upgrade = upgrade;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/_matrix/client/v3/rooms/{roomId}/upgrade", this::upgrade)
                        .withRateLimit(limiter));
    }

    /// The request's body.
    public record Body(@Nullable String newVersion, @Nullable List<String> additionalCreators) {}

    private Response upgrade(Request request) {
        Requester requester = Requests.active(request);
        Body body = request.body(Body.class);
        RoomVersion version = version(body.newVersion());
        RoomId made =
                upgrade.upgrade(
                        requester.userId(),
                        Requests.roomId(request),
                        version,
                        creators(version, body.additionalCreators()));
        return Response.json("replacement_room", made.value());
    }

    private static RoomVersion version(@Nullable String version) {
        if (version == null) {
            throw MatrixException.badJson("new_version is missing");
        }
        return RoomVersion.find(version)
                .orElseThrow(
                        () ->
                                new MatrixException(
                                        ErrCode.M_UNSUPPORTED_ROOM_VERSION,
                                        400,
                                        "There is no room version " + Excerpt.of(version)));
    }

    /// In versions that know no such creators, the member does nothing whatever it says.
    private static JsonArray creators(RoomVersion version, @Nullable List<String> creators) {
        if (creators == null || !version.rules().privilegedCreators()) {
            return JsonArray.EMPTY;
        }
        if (!creators.stream().allMatch(UserId::isValid)) {
            throw MatrixException.badJson("additional_creators must be a list of user ids");
        }
        return JsonArray.ofStrings(creators);
    }
}
