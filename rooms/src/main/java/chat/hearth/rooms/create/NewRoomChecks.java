package chat.hearth.rooms.create;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.rooms.content.CanonicalAliases;
import chat.hearth.rooms.content.ContentChecks;
import chat.hearth.rooms.create.NewRoom.InitialState;
import java.util.HashSet;
import java.util.Set;

/// Refuses rooms that would be broken from the start, with an error that says which wish is at
/// fault; the auth rules could only say that some event of many is.
final class NewRoomChecks {
    /// So many users may be invited with a room. The specification sets no limit; each is an event.
    static final int INVITES_MAX = 500;

    /// So many state events may be asked for. The specification sets no limit.
    static final int INITIAL_STATE_MAX = 500;

    private static final String USERS = "users";

    private final ContentChecks contents;

    NewRoomChecks(ServerName server) {
        this.contents = new ContentChecks(server);
    }

    /// Checks what is asked of a new room.
    ///
    /// @throws MatrixException 400 `M_BAD_JSON` for power levels that cannot be, 400
    ///   `M_INVALID_ROOM_STATE` for initial state that cannot be
    void check(NewRoom room) {
        if (room.invites().size() > INVITES_MAX) {
            throw MatrixException.invalidParam("More than " + INVITES_MAX + " invites");
        }
        if (room.initialState().size() > INITIAL_STATE_MAX) {
            throw MatrixException.invalidParam(
                    "More than " + INITIAL_STATE_MAX + " initial state events");
        }
        checkLevels(room);
        room.initialState().forEach(state -> checkInitialState(room, state));
    }

    private static void checkLevels(NewRoom room) {
        JsonObject levels = room.powerLevelOverride();
        ContentChecks.checkPowerLevels(levels);
        if (!levels.has(USERS)) {
            return;
        }
        Set<String> named = levels.object(USERS).orElse(JsonObject.EMPTY).names();
        if (!room.version().rules().privilegedCreators()) {
            if (!named.contains(room.creator().value())) {
                throw MatrixException.badJson("users must name the room's creator");
            }
            return;
        }
        for (String creator : creators(room)) {
            if (named.contains(creator)) {
                throw MatrixException.badJson(
                        creator + " makes the room and must not be given a power level");
            }
        }
    }

    private static Set<String> creators(NewRoom room) {
        Set<String> creators = new HashSet<>();
        creators.add(room.creator().value());
        JsonArray additional =
                room.creationContent().array("additional_creators").orElse(JsonArray.EMPTY);
        for (JsonValue user : additional) {
            if (user instanceof JsonString(String id)) {
                creators.add(id);
            }
        }
        if (room.preset() == Preset.TRUSTED_PRIVATE_CHAT) {
            room.invites().keySet().forEach(user -> creators.add(user.value()));
        }
        return creators;
    }

    private void checkInitialState(NewRoom room, InitialState state) {
        if (state.type().equals(EventTypes.CREATE) || state.type().equals(EventTypes.MEMBER)) {
            throw invalid(state.type() + " cannot be set as initial state");
        }
        try {
            contents.check(
                    EventDraft.state(
                            room.creator(), state.type(), state.stateKey(), state.content()));
            if (state.type().equals(EventTypes.CANONICAL_ALIAS) && state.stateKey().isEmpty()) {
                CanonicalAliases.checkOfNewRoom(state.content(), room.alias());
            }
        } catch (MatrixException e) {
            throw invalid(state.type() + ": " + e.text());
        }
    }

    private static MatrixException invalid(String message) {
        return new MatrixException(ErrCode.M_INVALID_ROOM_STATE, 400, message);
    }
}
