package chat.hearth.rooms.history;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.Stores;

/// Opens rooms for reading. Safe for use by several threads.
///
/// See [Room history
/// visibility](https://spec.matrix.org/v1.19/client-server-api/#room-history-visibility).
public final class RoomReader {
    private final Rooms rooms;
    private final Stores stores;
    private final HistoryGate gate;
    private final StateReader states;

    /// Opens the rooms of one server.
    public RoomReader(Rooms rooms, Stores stores, HistoryGate gate, StateReader states) {
        this.rooms = rooms;
        this.stores = stores;
        this.gate = gate;
        this.states = states;
    }

    /// The room as `user` may read it. Who was in the room reads what they could read then, also
    /// while banned, knocking or invited to come back.
    ///
    /// @throws MatrixException 403 when the user neither is nor was in the room and the world may
    ///   not read it, and for rooms that are not known here
    public RoomReading open(RoomId id, UserId user) {
        Room room = rooms.find(id).orElseThrow(RoomReader::notAMember);
        RoomSight sight = gate.sight(room, user);
        if (mayReadOn(sight)) {
            return RoomReading.current(room, sight);
        }
        if (!sight.hasJoined() || isForgotten(sight, room, user)) {
            throw notAMember();
        }
        long left = sight.leaving();
        long upTo =
                sight.membership() == Membership.INVITE ? Long.MAX_VALUE : sight.membershipSince();
        return new RoomReading(room, sight, upTo, left, states.versionAfter(room, left));
    }

    /// The room as `user` may read it who may see what it is now.
    ///
    /// @throws MatrixException 403 when the user is not in the room and the world may not read it,
    ///   and for rooms that are not known here
    public RoomReading openNow(RoomId id, UserId user) {
        Room room = rooms.find(id).orElseThrow(RoomReader::notAMember);
        RoomSight sight = gate.sight(room, user);
        if (!mayReadOn(sight)) {
            throw notAMember();
        }
        return RoomReading.current(room, sight);
    }

    private static boolean mayReadOn(RoomSight sight) {
        return sight.membership() == Membership.JOIN || sight.isWorldReadable();
    }

    /// An event that `user` may see, in a room that they may not be able to read otherwise.
    ///
    /// @throws MatrixException 404 when there is no such event in the room or the user may not see
    ///   it
    public Seen event(RoomId id, EventId event, UserId user) {
        Room room = rooms.find(id).orElseThrow(RoomReader::noSuchEvent);
        StoredEvent found =
                stores.events()
                        .byId(event)
                        .filter(e -> e.room() == room.number())
                        .orElseThrow(RoomReader::noSuchEvent);
        RoomSight sight = gate.sight(room, user);
        if (!sight.sees(found) || isForgotten(sight, room, user)) {
            throw noSuchEvent();
        }
        return new Seen(room, sight, found);
    }

    /// An event that a user may see.
    ///
    /// @param room its room
    /// @param sight what else the user may see
    /// @param event the event
    public record Seen(Room room, RoomSight sight, StoredEvent event) {}

    /// Whether the room is closed to a user who was there and has forgotten it. A room that
    /// everybody may read is closed to nobody.
    private boolean isForgotten(RoomSight sight, Room room, UserId user) {
        int number = stores.identifiers().findUser(user).orElse(0);
        return number != 0
                && !mayReadOn(sight)
                && stores.memberships()
                        .find(room.number(), number)
                        .filter(StoredMembership::forgotten)
                        .isPresent();
    }

    private static MatrixException notAMember() {
        return MatrixException.forbidden("You are not in the room and may not read it");
    }

    private static MatrixException noSuchEvent() {
        return MatrixException.notFound("There is no such event, or you may not see it");
    }
}
