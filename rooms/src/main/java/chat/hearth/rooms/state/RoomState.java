package chat.hearth.rooms.state;

import chat.hearth.protocol.auth.Creation;
import chat.hearth.protocol.auth.JoinRule;
import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.auth.PowerLevels;
import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.room.RoomVersionRules;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.protocol.visibility.HistoryVisibility;

/// A room's current state as of a commit, with those parts decoded that are asked for with every
/// event. Immutable and safe to share between threads.
///
/// @param version the number of the stored state version
/// @param events state-key number → position of the state event
/// @param members the memberships
/// @param creation what the create event says
/// @param powerLevels the power levels
/// @param joinRule who may join
/// @param visibility who may see the history from here on
public record RoomState(
        long version,
        StateMap events,
        Members members,
        Creation creation,
        PowerLevels powerLevels,
        JoinRule joinRule,
        HistoryVisibility visibility) {

    /// The same as another stored version.
    public RoomState as(long newVersion) {
        return new RoomState(
                newVersion, events, members, creation, powerLevels, joinRule, visibility);
    }

    /// This state after a state event.
    ///
    /// @param stateKey the state key's number
    /// @param position the event's position
    /// @param newVersion the stored version that has the event
    /// @param target the user's number when the event is a membership, else ignored
    public RoomState with(
            RoomVersionRules rules,
            Event event,
            int stateKey,
            long position,
            long newVersion,
            int target) {
        StateMap newEvents = events.with(stateKey, position);
        String type = event.type();
        boolean ofRoom = event.stateKey().filter(String::isEmpty).isPresent();
        Members newMembers = members;
        PowerLevels newLevels = powerLevels;
        JoinRule newRule = joinRule;
        HistoryVisibility newVisibility = visibility;
        if (type.equals(EventTypes.MEMBER)) {
            newMembers = members.with(target, Membership.of(event.content()), position);
        } else if (ofRoom && type.equals(EventTypes.POWER_LEVELS)) {
            newLevels = PowerLevels.of(rules, creation.creators(), event.content());
        } else if (ofRoom && type.equals(EventTypes.JOIN_RULES)) {
            newRule = JoinRule.of(event.content());
        } else if (ofRoom && type.equals(EventTypes.HISTORY_VISIBILITY)) {
            newVisibility = HistoryVisibility.of(event.content());
        }
        return new RoomState(
                newVersion, newEvents, newMembers, creation, newLevels, newRule, newVisibility);
    }

    /// Whether a user is joined and has the level to set state of a type.
    ///
    /// @param number the user's number, 0 when they have none
    public boolean maySetState(UserId user, int number, String type) {
        return members.isJoined(number)
                && powerLevels.levelOf(user) >= powerLevels.required(type, true);
    }
}
