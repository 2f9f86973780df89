package chat.hearth.homeserver.client.room;

import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.rooms.content.CheckedSends;
import chat.hearth.rooms.membership.RoomMemberships;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `POST /_matrix/client/v3/rooms/{roomId}/join` and `/join/{roomIdOrAlias}`: enters a room. What
/// the body says besides goes into the member event, as on other servers.
///
/// See [Joining rooms](https://spec.matrix.org/v1.19/client-server-api/#joining-rooms).
final class JoiningEndpoint {
    /// Members of the content that no client has a say in.
    private static final String[] SERVERS_TO_SAY = {
        "membership", "join_authorised_via_users_server", "third_party_invite", "third_party_signed"
    };

    private final RoomMemberships memberships;
    private final CheckedSends sends;
    private final RoomAddresses addresses;
    private final RateLimiter limiter;

    JoiningEndpoint(
            RoomMemberships memberships,
            CheckedSends sends,
            RoomAddresses addresses,
            RateLimiter limiter) {
        this.memberships = memberships;
        this.sends = sends;
        this.addresses = addresses;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                "/_matrix/client/v3/rooms/{roomId}/join",
                                request -> join(request, Requests.roomId(request)))
                        .withAccess(Access.USER_OR_GUEST)
                        .withRateLimit(limiter),
                Route.post(
                                "/_matrix/client/v3/join/{roomIdOrAlias}",
                                request -> join(request, addresses.room(request)))
                        .withAccess(Access.USER_OR_GUEST)
                        .withRateLimit(limiter));
    }

    /// The request's body.
    ///
    /// @param thirdPartySigned an identity server's word that the user is whom a third party's
    ///   invite is for. This server makes no such invites, so it matches none.
    public record Body(@Nullable String reason, @Nullable JsonObject thirdPartySigned) {}

    private Response join(Request request, RoomId room) {
        Requester requester = Requests.active(request);
        JsonObject json = request.jsonOrEmpty();
        Body body = request.bind(json, Body.class);
        if (body.thirdPartySigned() != null) {
            throw new MatrixException(
                    ErrCode.M_THREEPID_DENIED, 403, "No invite matches what was signed");
        }
        JsonObject said = json.without(SERVERS_TO_SAY);
        JsonObject extra = body.reason() == null ? said.without("reason") : said;
        sends.check(
                EventDraft.state(
                        requester.userId(),
                        EventTypes.MEMBER,
                        requester.userId().value(),
                        extra.with("membership", new JsonString(Membership.JOIN.id()))));
        memberships.join(requester.userId(), requester.guest(), room, extra);
        return Response.json("room_id", room.value());
    }
}
