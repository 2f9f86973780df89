package chat.hearth.rooms.membership;

import chat.hearth.protocol.auth.JoinRule;
import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.auth.PowerLevels;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.state.Members;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Finds who vouches for a join by a condition of the room's join rule.
///
/// See [Restricted rooms](https://spec.matrix.org/v1.19/client-server-api/#restricted-rooms).
final class RestrictedJoins {
    /// Conditions beyond these are not looked at.
    private static final int CONDITIONS_MAX = 100;

    private final Rooms rooms;
    private final Stores stores;

    RestrictedJoins(Rooms rooms, Stores stores) {
        this.rooms = rooms;
        this.stores = stores;
    }

    /// The user whose power lets `joiner` in, or null when the join needs none.
    ///
    /// @throws MatrixException 403 when the joiner meets no condition, 400 `M_UNABLE_TO_GRANT_JOIN`
    ///   when nobody here may let them in
    @Nullable String authorisingUser(Room room, UserId joiner) {
        JoinRule rule = room.state().joinRule();
        boolean conditional =
                room.version().rules().restrictedJoins()
                        && (rule == JoinRule.RESTRICTED || rule == JoinRule.KNOCK_RESTRICTED);
        OptionalInt number = stores.identifiers().findUser(joiner);
        Membership present =
                number.isEmpty()
                        ? Membership.LEAVE
                        : room.state().members().membership(number.getAsInt());
        boolean uninvited = present == Membership.LEAVE || present == Membership.KNOCK;
        if (!conditional || !uninvited) {
            return null;
        }
        if (number.isEmpty() || !meetsCondition(room, number.getAsInt())) {
            throw MatrixException.forbidden("You meet none of the conditions for joining");
        }
        return inviter(room)
                .orElseThrow(
                        () ->
                                new MatrixException(
                                        ErrCode.M_UNABLE_TO_GRANT_JOIN,
                                        400,
                                        "Nobody here may let you in"));
    }

    private boolean meetsCondition(Room room, int joiner) {
        JsonArray allow = joinRules(room).array("allow").orElse(JsonArray.EMPTY);
        return allow.values().stream()
                .limit(CONDITIONS_MAX)
                .anyMatch(condition -> isMet(condition, joiner));
    }

    private boolean isMet(JsonValue condition, int joiner) {
        return condition instanceof JsonObject object
                && object.string("type").filter("m.room_membership"::equals).isPresent()
                && object.string("room_id")
                        .flatMap(RoomId::parse)
                        .flatMap(rooms::find)
                        .filter(other -> other.state().members().isJoined(joiner))
                        .isPresent();
    }

    private JsonObject joinRules(Room room) {
        int place = stores.identifiers().findStateKey(StateKey.of(EventTypes.JOIN_RULES)).orElse(0);
        long position = room.state().events().eventAt(place);
        Optional<StoredEvent> event =
                position == 0 ? Optional.empty() : stores.events().byPosition(position);
        return event.map(found -> JsonReader.readObject(ClientEvent.content(found.clientJson())))
                .orElse(JsonObject.EMPTY);
    }

    /// A joined user who may invite: of those with a level of their own the one with the most
    /// power, else anybody if everybody may.
    private Optional<String> inviter(Room room) {
        PowerLevels levels = room.state().powerLevels();
        Members members = room.state().members();
        Optional<String> ranked =
                levels.ranked().stream()
                        .filter(user -> levels.levelOf(user) >= levels.invite())
                        .filter(user -> isJoined(members, user))
                        .max(Comparator.comparingLong(levels::levelOf));
        if (ranked.isPresent() || levels.usersDefault() < levels.invite()) {
            return ranked;
        }
        return Arrays.stream(members.with(Membership.JOIN))
                .mapToObj(member -> stores.identifiers().user(member).value())
                .filter(user -> levels.levelOf(user) >= levels.invite())
                .findFirst();
    }

    private boolean isJoined(Members members, String user) {
        return UserId.parse(user).stream()
                .flatMapToInt(id -> stores.identifiers().findUser(id).stream())
                .anyMatch(members::isJoined);
    }
}
