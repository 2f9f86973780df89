package chat.hearth.protocol.auth;

import chat.hearth.protocol.room.RoomVersionRules;

/// A rule as one room version numbers it.
///
/// @param id which rule
/// @param version the room version's rules
public record Rule(AuthRule id, RoomVersionRules version) {
    /// The number that the specification of the room version gives to the rule, such as `4.3.1`.
    public String number() {
        return id.number(version);
    }

    /// What the rule says, in the specification's words.
    public String text() {
        return id.text();
    }

    @Override
    public String toString() {
        return number() + ": " + text();
    }
}
