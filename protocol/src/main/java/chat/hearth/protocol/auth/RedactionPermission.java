package chat.hearth.protocol.auth;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.room.RoomVersionRules;

/// Whether a redaction that the rules let pass takes effect on the event that it names.
///
/// See [Handling redactions](https://spec.matrix.org/v1.19/rooms/v3/#handling-redactions).
public final class RedactionPermission {
    private RedactionPermission() {}

    /// Whether `redaction`, an accepted event, may redact `target`, an accepted event of the same
    /// room. Until room version 2 the authorisation rules have already decided so; since then it
    /// takes the *redact level*, or a sender on the server of the target's sender.
    ///
    /// @param levels the power levels of the room at the redaction
    public static boolean mayApply(
            RoomVersionRules rules, Event redaction, Event target, PowerLevels levels) {
        if (!redaction.roomId().equals(target.roomId())) {
            return false;
        }
        return rules.redactionByDomain()
                || levels.levelOf(redaction.sender()) >= levels.redact()
                || redaction.sender().sharesServerWith(target.sender());
    }
}
