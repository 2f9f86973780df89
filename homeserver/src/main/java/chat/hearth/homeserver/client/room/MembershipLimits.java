package chat.hearth.homeserver.client.room;

import chat.hearth.http.Requester;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.rooms.event.Rooms;

/// Counts joins, knocks and invites that are asked for as member events against the limits of those
/// that are asked for by name. Safe for use by several threads.
final class MembershipLimits {
    private final RateLimiter joins;
    private final RateLimiter invites;
    private final Rooms rooms;

    /// Limits of the memberships of `rooms`.
    MembershipLimits(RoomLimits limits, Rooms rooms) {
        this.joins = limits.join();
        this.invites = limits.invite();
        this.rooms = rooms;
    }

    /// Counts an event, if it is one of those.
    ///
    /// @throws chat.hearth.protocol.error.MatrixException 429 when there were too many
    void count(Requester requester, RoomId room, EventDraft draft) {
        if (!requester.rateLimited() || !draft.type().equals(EventTypes.MEMBER)) {
            return;
        }
        String key = requester.userId().value();
        switch (Membership.of(draft.content())) {
            case JOIN, KNOCK -> {
                if (!isJoined(requester, room)) {
                    joins.acquire(key);
                }
            }
            case INVITE -> invites.acquire(key);
            case LEAVE, BAN -> {}
        }
    }

    /// Who is in the room changes what their member event says, as profiles do.
    private boolean isJoined(Requester requester, RoomId room) {
        return rooms.find(room)
                .filter(found -> found.state().members().isJoined(requester.user()))
                .isPresent();
    }
}
