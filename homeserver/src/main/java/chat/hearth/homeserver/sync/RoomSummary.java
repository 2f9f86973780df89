package chat.hearth.homeserver.sync;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.Members;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.IdentifierStore;
import chat.hearth.storage.StoredEvent;

/// How many members a room has, and whom it is named after when it has no name.
final class RoomSummary {
    /// A room is named after so many members at the most.
    private static final int HEROES_MAX = 5;

    private final IdentifierStore identifiers;
    private final EventCache cache;

    RoomSummary(IdentifierStore identifiers, EventCache cache) {
        this.identifiers = identifiers;
        this.cache = cache;
    }

    /// Whether an event may change the summary.
    static boolean isChangedBy(StoredEvent event) {
        return event.isState()
                && (event.type().equals("m.room.member")
                        || event.type().equals("m.room.name")
                        || event.type().equals("m.room.canonical_alias"));
    }

    /// Numbers of the users whom the room is named after; none when it has a name or an alias.
    int[] heroes(RoomState state, int self) {
        if (has(state, "m.room.name", "name") || has(state, "m.room.canonical_alias", "alias")) {
            return new int[0];
        }
        Members members = state.members();
        int[] present = members.earliest(Membership.JOIN, Membership.INVITE, self, HEROES_MAX);
        return present.length > 0
                ? present
                : members.earliest(Membership.LEAVE, Membership.BAN, self, HEROES_MAX);
    }

    private boolean has(RoomState state, String type, String member) {
        return identifiers.findStateKey(StateKey.of(type)).stream()
                .mapToLong(place -> state.events().eventAt(place))
                .filter(position -> position != 0)
                .mapToObj(cache::require)
                .map(event -> JsonReader.readObject(ClientEvent.content(event.clientJson())))
                .anyMatch(
                        content ->
                                content.string(member).filter(name -> !name.isEmpty()).isPresent());
    }

    /// Writes the summary.
    void write(JsonWriter out, RoomState state, int[] heroes) {
        out.ascii("{\"m.joined_member_count\":").number(state.members().joined());
        out.ascii(",\"m.invited_member_count\":").number(state.members().invited());
        if (heroes.length > 0) {
            char separator = '[';
            out.ascii(",\"m.heroes\":");
            for (int hero : heroes) {
                out.ascii(separator).string(identifiers.user(hero).value());
                separator = ',';
            }
            out.ascii(']');
        }
        out.ascii('}');
    }
}
