package chat.hearth.rooms.membership;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.rooms.event.EventPipeline;
import chat.hearth.rooms.event.GuestDoor;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.Account;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import java.util.List;
import java.util.OptionalLong;

/// Whether guests may be in a room, and what becomes of those who may not stay. Safe for use by
/// several threads.
///
/// See [Guest access](https://spec.matrix.org/v1.19/client-server-api/#guest-access).
public final class GuestAccess {
    /// So many guests leave a room in one write.
    private static final int LEAVING_MAX = 500;

    private static final int ROOMS_PAGE = 100;

    private final EventPipeline pipeline;
    private final Rooms rooms;
    private final Stores stores;
    private final Journal journal;
    private final EventCache events;

    /// Guests in the rooms of one server.
    public GuestAccess(
            EventPipeline pipeline,
            Rooms rooms,
            Stores stores,
            Journal journal,
            EventCache events) {
        this.pipeline = pipeline;
        this.rooms = rooms;
        this.stores = stores;
        this.journal = journal;
        this.events = events;
    }

    /// Whether a user is a guest.
    boolean isGuest(UserId user) {
        return stores.accounts().find(user).filter(Account::guest).isPresent();
    }

    /// Refuses an event that its sender may not send as a guest.
    ///
    /// @throws MatrixException 403 `M_GUEST_ACCESS_FORBIDDEN`
    public void requireRight(EventDraft draft) {
        if (GuestRights.isLimited(draft) && isGuest(draft.sender())) {
            GuestRights.require(draft);
        }
    }

    /// Whether guests may be in a room in this state. Who asks while nobody else can change the
    /// state knows that no door is closed behind a guest's back.
    boolean areWelcome(RoomState state) {
        long position = position(state);
        return position != StateMap.NONE
                && GuestDoor.isOpen(
                        JsonReader.readObject(
                                ClientEvent.content(events.require(position).clientJson())));
    }

    private long position(RoomState state) {
        int place =
                stores.identifiers().findStateKey(StateKey.of(EventTypes.GUEST_ACCESS)).orElse(0);
        return state.events().eventAt(place);
    }

    /// What a guest is told who may not come in.
    static MatrixException refusal() {
        return new MatrixException(
                ErrCode.M_GUEST_ACCESS_FORBIDDEN, 403, "Guests may not join this room");
    }

    /// Whether an event decides whether guests may be in the room, by saying so or by taking away
    /// what did.
    public boolean isDecidedBy(Room room, EventDraft draft) {
        if ("".equals(draft.stateKey())) {
            return draft.type().equals(EventTypes.GUEST_ACCESS);
        }
        EventId redacted = draft.redacts();
        long position = redacted == null ? StateMap.NONE : position(room.state());
        return position != StateMap.NONE && events.require(position).eventId().equals(redacted);
    }

    /// Lets guests leave a room whose door was closed to them. That they have to is noted in the
    /// write that closes it and forgotten when the last one is out, so a crash on the way loses
    /// nothing: [#resume()] goes on.
    public void removeUnwelcome(Room room) {
        OptionalLong closedAt = stores.guests().closedAt(room.number());
        if (closedAt.isEmpty()) {
            return;
        }
        int[] page;
        int after = 0;
        do {
            page = stores.guests().joined(room.number(), after, LEAVING_MAX);
            if (page.length > 0) {
                after = page[page.length - 1];
                var _ = pipeline.sendAllowed(room.id(), leaving(page), now -> !areWelcome(now));
            }
        } while (page.length == LEAVING_MAX);
        journal.write(
                tx -> {
                    stores.guests().empty(tx, room.number(), closedAt.getAsLong());
                    return true;
                });
    }

    private List<EventDraft> leaving(int[] guests) {
        JsonObject leave = JsonObject.of("membership", Membership.LEAVE.id());
        return stores.identifiers().users(guests).stream()
                .map(user -> EventDraft.state(user, EventTypes.MEMBER, user.value(), leave))
                .toList();
    }

    /// Lets guests leave whom a crash or an outage kept inside. Run it after the start and from
    /// time to time; when there are none, it costs one look into a table that is empty.
    public void resume() {
        int[] page;
        int after = 0;
        do {
            page = stores.guests().closed(after, ROOMS_PAGE);
            for (int room : page) {
                removeUnwelcome(rooms.room(room));
                after = room;
            }
        } while (page.length == ROOMS_PAGE);
    }
}
