package chat.hearth.protocol.auth;

import chat.hearth.protocol.room.RoomVersion;
import java.util.function.UnaryOperator;

/// One line of the tables: an event that is near a rule, and what becomes of it.
///
/// @param about the rule that the row is there for
/// @param allowed whether the event may pass
/// @param by the rule that decides, often `about` itself
/// @param what the event in words
/// @param scene puts the room and the event into a fresh scene
/// @param from the first room version that the row holds for
/// @param until the last
record AuthRow(
        AuthRule about,
        boolean allowed,
        AuthRule by,
        String what,
        UnaryOperator<Scene> scene,
        RoomVersion from,
        RoomVersion until) {

    static AuthRow accepts(AuthRule rule, String what, UnaryOperator<Scene> scene) {
        return accepts(rule, rule, what, scene);
    }

    static AuthRow accepts(AuthRule about, AuthRule by, String what, UnaryOperator<Scene> scene) {
        return new AuthRow(about, true, by, what, scene, RoomVersion.V1, RoomVersion.V12);
    }

    static AuthRow rejects(AuthRule rule, String what, UnaryOperator<Scene> scene) {
        return rejects(rule, rule, what, scene);
    }

    static AuthRow rejects(AuthRule about, AuthRule by, String what, UnaryOperator<Scene> scene) {
        return new AuthRow(about, false, by, what, scene, RoomVersion.V1, RoomVersion.V12);
    }

    AuthRow from(RoomVersion first) {
        return new AuthRow(about, allowed, by, what, scene, first, until);
    }

    AuthRow until(RoomVersion last) {
        return new AuthRow(about, allowed, by, what, scene, from, last);
    }

    /// Whether the row holds for a room version: it has both rules and is within the range.
    boolean appliesTo(RoomVersion version) {
        return from.compareTo(version) <= 0
                && version.compareTo(until) <= 0
                && about.isIn(version.rules())
                && by.isIn(version.rules());
    }
}
