package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRow.accepts;
import static chat.hearth.protocol.auth.AuthRow.rejects;
import static chat.hearth.protocol.auth.AuthRule.CREATE_ADDITIONAL_CREATORS;
import static chat.hearth.protocol.auth.AuthRule.CREATE_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.CREATE_HAS_PREV_EVENTS;
import static chat.hearth.protocol.auth.AuthRule.CREATE_OF_OTHER_DOMAIN;
import static chat.hearth.protocol.auth.AuthRule.CREATE_OF_UNKNOWN_VERSION;
import static chat.hearth.protocol.auth.AuthRule.CREATE_STATES_ROOM_ID;
import static chat.hearth.protocol.auth.AuthRule.CREATE_WITHOUT_CREATOR;
import static chat.hearth.protocol.room.RoomVersion.V11;

import java.util.List;

/// Rule 1 of every version.
final class CreateTable {
    private static final String CREATOR = "{'creator': '@creator:a.org'}";

    static final List<AuthRow> ROWS =
            List.of(
                    accepts(
                            CREATE_HAS_PREV_EVENTS,
                            CREATE_ALLOWED,
                            "the first event",
                            s -> s.creates(CREATOR)),
                    rejects(
                            CREATE_HAS_PREV_EVENTS,
                            "a create event that follows another event",
                            s -> s.creates(CREATOR).after("$other:a.org")),
                    rejects(
                            CREATE_ALLOWED,
                            CREATE_HAS_PREV_EVENTS,
                            "a create event that follows another room's",
                            s -> s.creates(CREATOR).afterCreate()),
                    accepts(
                            CREATE_OF_OTHER_DOMAIN,
                            CREATE_ALLOWED,
                            "a room on the sender's server",
                            s -> s.creates(CREATOR).inRoom("!other:a.org")),
                    rejects(
                            CREATE_OF_OTHER_DOMAIN,
                            "a room on another server",
                            s -> s.creates(CREATOR).inRoom("!room:b.org")),
                    rejects(
                            CREATE_OF_OTHER_DOMAIN,
                            "a room on a server whose name only ends alike",
                            s -> s.creates(CREATOR).inRoom("!room:xa.org")),
                    rejects(
                            CREATE_OF_OTHER_DOMAIN,
                            "a room id without domain",
                            s -> s.creates(CREATOR).inRoom("!room")),
                    accepts(
                            CREATE_STATES_ROOM_ID,
                            CREATE_ALLOWED,
                            "no room id",
                            s -> s.creates("{}")),
                    rejects(
                            CREATE_STATES_ROOM_ID,
                            "a room id",
                            s -> s.creates("{}").inRoom("!stated")),
                    rejects(
                            CREATE_STATES_ROOM_ID,
                            "a room id with the sender's domain",
                            s -> s.creates("{}").inRoom("!room:a.org")),
                    accepts(
                            CREATE_OF_UNKNOWN_VERSION,
                            CREATE_ALLOWED,
                            "a version of the specification",
                            s ->
                                    s.creates(
                                            "{'creator': '@creator:a.org', 'room_version': '%s'}"
                                                    .formatted(s.version.id()))),
                    rejects(
                            CREATE_OF_UNKNOWN_VERSION,
                            "a version that nobody knows",
                            s -> s.creates("{'creator': '@creator:a.org', 'room_version': '0'}")),
                    rejects(
                            CREATE_OF_UNKNOWN_VERSION,
                            "a version that is a number",
                            s -> s.creates("{'creator': '@creator:a.org', 'room_version': 1}")),
                    accepts(
                            CREATE_WITHOUT_CREATOR,
                            CREATE_ALLOWED,
                            "a creator",
                            s -> s.creates(CREATOR)),
                    rejects(CREATE_WITHOUT_CREATOR, "no creator", s -> s.creates("{}")),
                    accepts(CREATE_ALLOWED, "no creator", s -> s.creates("{}")).from(V11),
                    accepts(
                            CREATE_ADDITIONAL_CREATORS,
                            CREATE_ALLOWED,
                            "two more creators",
                            s -> s.creates("{'additional_creators': ['@b:b.org', '@:c.org']}")),
                    accepts(
                            CREATE_ADDITIONAL_CREATORS,
                            CREATE_ALLOWED,
                            "an empty list of creators",
                            s -> s.creates("{'additional_creators': []}")),
                    rejects(
                            CREATE_ADDITIONAL_CREATORS,
                            "creators that are no list",
                            s -> s.creates("{'additional_creators': '@b:b.org'}")),
                    rejects(
                            CREATE_ADDITIONAL_CREATORS,
                            "creators that are null",
                            s -> s.creates("{'additional_creators': null}")),
                    rejects(
                            CREATE_ADDITIONAL_CREATORS,
                            "a creator that is a number",
                            s -> s.creates("{'additional_creators': ['@b:b.org', 7]}")),
                    rejects(
                            CREATE_ADDITIONAL_CREATORS,
                            "a creator without server",
                            s -> s.creates("{'additional_creators': ['@b']}")));

    private CreateTable() {}
}
