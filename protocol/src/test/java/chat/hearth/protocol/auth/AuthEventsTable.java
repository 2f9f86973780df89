package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRow.accepts;
import static chat.hearth.protocol.auth.AuthRow.rejects;
import static chat.hearth.protocol.auth.AuthRule.AUTH_EVENTS_DUPLICATE;
import static chat.hearth.protocol.auth.AuthRule.AUTH_EVENTS_NOT_SELECTED;
import static chat.hearth.protocol.auth.AuthRule.AUTH_EVENTS_OF_OTHER_ROOM;
import static chat.hearth.protocol.auth.AuthRule.AUTH_EVENTS_REJECTED;
import static chat.hearth.protocol.auth.AuthRule.AUTH_EVENTS_WITHOUT_CREATE;
import static chat.hearth.protocol.auth.AuthRule.JOIN_INVITED;
import static chat.hearth.protocol.auth.AuthRule.OTHERWISE;
import static chat.hearth.protocol.auth.AuthRule.ROOM_ID;
import static chat.hearth.protocol.auth.Scene.INVITED;
import static chat.hearth.protocol.auth.Scene.MOD;
import static chat.hearth.protocol.auth.Scene.USER;
import static chat.hearth.protocol.room.RoomVersion.V12;

import java.util.List;

/// Rule 2 until room version 11, 2 and 3 in version 12.
final class AuthEventsTable {
    static final List<AuthRow> ROWS =
            List.of(
                    accepts(ROOM_ID, OTHERWISE, "the create event's hash", s -> s.message(USER)),
                    rejects(ROOM_ID, "no create event", s -> s.withoutCreate().message(USER)),
                    rejects(ROOM_ID, "another id", s -> s.message(USER).inRoom("!creata")),
                    rejects(ROOM_ID, "a longer id", s -> s.message(USER).inRoom("!create1")),
                    accepts(
                            AUTH_EVENTS_DUPLICATE,
                            OTHERWISE,
                            "one auth event for each place",
                            s -> s.message(USER)),
                    rejects(
                            AUTH_EVENTS_DUPLICATE,
                            "the same auth event twice",
                            s -> s.message(USER).alsoAuthorisedByState("m.room.member", USER)),
                    rejects(
                            AUTH_EVENTS_DUPLICATE,
                            "two power levels",
                            s -> s.message(USER).alsoAuthorisedBy("m.room.power_levels", "", "{}")),
                    accepts(
                            AUTH_EVENTS_NOT_SELECTED,
                            JOIN_INVITED,
                            "the join rules for a join",
                            s -> s.joins(INVITED)),
                    accepts(
                            AUTH_EVENTS_NOT_SELECTED,
                            OTHERWISE,
                            "fewer auth events than selected",
                            s ->
                                    s.withoutLevels()
                                            .message(USER)
                                            .notAuthorisedBy("m.room.power_levels", "")),
                    rejects(
                            AUTH_EVENTS_NOT_SELECTED,
                            "the join rules for a message",
                            s -> s.message(USER).alsoAuthorisedByState("m.room.join_rules", "")),
                    rejects(
                            AUTH_EVENTS_NOT_SELECTED,
                            "another member for a message",
                            s -> s.message(USER).alsoAuthorisedByState("m.room.member", MOD)),
                    rejects(
                            AUTH_EVENTS_NOT_SELECTED,
                            "power levels with a state key",
                            s ->
                                    s.message(USER)
                                            .alsoAuthorisedBy("m.room.power_levels", "x", "{}")),
                    rejects(
                            AUTH_EVENTS_NOT_SELECTED,
                            "power levels that are no state",
                            s ->
                                    s.message(USER)
                                            .notAuthorisedBy("m.room.power_levels", "")
                                            .alsoAuthorisedBy("m.room.power_levels", null, "{}")),
                    rejects(
                                    AUTH_EVENTS_NOT_SELECTED,
                                    "the create event",
                                    s -> s.message(USER).alsoAuthorisedByState("m.room.create", ""))
                            .from(V12),
                    accepts(
                            AUTH_EVENTS_REJECTED,
                            OTHERWISE,
                            "an event elsewhere in the state that was rejected",
                            s -> s.rejected("m.room.join_rules", "").message(USER)),
                    rejects(
                            AUTH_EVENTS_REJECTED,
                            "an auth event that was rejected",
                            s -> s.rejected("m.room.power_levels", "").message(USER)),
                    accepts(
                            AUTH_EVENTS_WITHOUT_CREATE,
                            OTHERWISE,
                            "the create event",
                            s -> s.message(USER)),
                    rejects(
                            AUTH_EVENTS_WITHOUT_CREATE,
                            "no create event among the auth events",
                            s -> s.message(USER).notAuthorisedBy("m.room.create", "")),
                    rejects(
                            AUTH_EVENTS_WITHOUT_CREATE,
                            "no create event at all",
                            s -> s.withoutCreate().message(USER)),
                    accepts(
                            AUTH_EVENTS_OF_OTHER_ROOM,
                            OTHERWISE,
                            "auth events of this room",
                            s -> s.message(USER)),
                    rejects(
                            AUTH_EVENTS_OF_OTHER_ROOM,
                            "power levels of another room",
                            s ->
                                    s.message(USER)
                                            .alsoAuthorisedFromElsewhere(
                                                    "m.room.power_levels", "")));

    private AuthEventsTable() {}
}
