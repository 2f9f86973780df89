package chat.hearth.rooms.membership;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.rooms.event.EventPipeline;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.event.Sent;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.Account;
import chat.hearth.storage.Stores;
import java.util.ArrayList;
import java.util.List;

/// Whether guests may be in a room, and what becomes of those who may not stay. Safe for use by
/// several threads.
///
/// See [Guest access](https://spec.matrix.org/v1.19/client-server-api/#guest-access).
public final class GuestAccess {
    /// The event that lets guests in.
    public static final String TYPE = "m.room.guest_access";

    private static final String MEMBER = "m.room.member";

    /// So many guests leave a room in one write.
    private static final int LEAVING_MAX = 500;

    private final EventPipeline pipeline;
    private final Rooms rooms;
    private final Stores stores;
    private final EventCache events;

    /// Guests in the rooms of one server.
    public GuestAccess(EventPipeline pipeline, Rooms rooms, Stores stores, EventCache events) {
        this.pipeline = pipeline;
        this.rooms = rooms;
        this.stores = stores;
        this.events = events;
    }

    /// Whether a user is a guest.
    boolean isGuest(UserId user) {
        return stores.accounts().find(user).filter(Account::guest).isPresent();
    }

    /// Whether guests may be in a room in this state. Who asks while nobody else can change the
    /// state knows that no door is closed behind a guest's back.
    boolean areWelcome(RoomState state) {
        long position = position(state);
        return position != StateMap.NONE
                && letsIn(
                        JsonReader.readObject(
                                ClientEvent.content(events.require(position).clientJson())));
    }

    private static boolean letsIn(JsonObject content) {
        return content.string("guest_access").filter("can_join"::equals).isPresent();
    }

    /// What a guest is told who may not come in.
    static MatrixException refusal() {
        return new MatrixException(
                ErrCode.M_GUEST_ACCESS_FORBIDDEN, 403, "Guests may not join this room");
    }

    /// Sends a change of who may be in a room. Guests who may not stay leave in the same write;
    /// those beyond [#LEAVING_MAX], and who came in meanwhile, right after it.
    ///
    /// @throws MatrixException when the event is not allowed
    public Sent change(RoomId id, EventDraft change) {
        if (letsIn(change.content())) {
            return pipeline.send(id, change, null);
        }
        List<EventDraft> drafts = leaving(id);
        drafts.addFirst(change);
        Sent sent = pipeline.sendAll(id, drafts).getFirst();
        removeUnwelcome(id);
        return sent;
    }

    /// Lets guests leave a room that they may not be in any more.
    public void removeUnwelcome(RoomId id) {
        List<EventDraft> leaving = areWelcome(rooms.require(id).state()) ? List.of() : leaving(id);
        while (!leaving.isEmpty()) {
            pipeline.sendAll(id, leaving);
            leaving = leaving(id);
        }
    }

    /// Whether an event is the one that says whether guests may be in the room.
    public boolean isDecidedBy(RoomId id, EventId event) {
        long position = position(rooms.require(id).state());
        return position != StateMap.NONE && events.require(position).eventId().equals(event);
    }

    private long position(RoomState state) {
        int place = stores.identifiers().findStateKey(StateKey.of(TYPE)).orElse(0);
        return state.events().eventAt(place);
    }

    private List<EventDraft> leaving(RoomId id) {
        var drafts = new ArrayList<EventDraft>();
        int room = rooms.require(id).number();
        for (int guest : stores.accounts().guestsIn(room, 0, LEAVING_MAX)) {
            UserId user = stores.identifiers().user(guest);
            drafts.add(
                    EventDraft.state(
                            user, MEMBER, user.value(), JsonObject.of("membership", "leave")));
        }
        return drafts;
    }
}
