package chat.hearth.homeserver.sync;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.Members;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.EventFacts;
import chat.hearth.storage.IdentifierStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

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
    static boolean isChangedBy(EventFacts event) {
        return event.isState()
                && (event.type().equals(EventTypes.MEMBER)
                        || event.type().equals(EventTypes.NAME)
                        || event.type().equals(EventTypes.CANONICAL_ALIAS));
    }

    /// Numbers of the users whom several rooms are named after, by room; none for a room that has a
    /// name or an alias.
    Map<Integer, int[]> heroes(List<RoomView> rooms, int self) {
        Map<Integer, int[]> heroes = new HashMap<>();
        if (rooms.isEmpty()) {
            return heroes;
        }
        int name = place(EventTypes.NAME);
        int alias = place(EventTypes.CANONICAL_ALIAS);
        cache.readAhead(
                rooms.stream()
                        .map(view -> view.state().events())
                        .flatMapToLong(
                                state -> LongStream.of(state.eventAt(name), state.eventAt(alias))));
        for (RoomView view : rooms) {
            RoomState state = view.state();
            boolean named = has(state, name, "name") || has(state, alias, "alias");
            heroes.put(view.room().number(), named ? new int[0] : heroes(state, self));
        }
        return heroes;
    }

    private int place(String type) {
        return identifiers.findStateKey(StateKey.of(type)).orElse(0);
    }

    private static int[] heroes(RoomState state, int self) {
        Members members = state.members();
        int[] present = members.earliest(Membership.JOIN, Membership.INVITE, self, HEROES_MAX);
        return present.length > 0
                ? present
                : members.earliest(Membership.LEAVE, Membership.BAN, self, HEROES_MAX);
    }

    private boolean has(RoomState state, int place, String member) {
        long position = place == 0 ? 0 : state.events().eventAt(place);
        if (position == 0) {
            return false;
        }
        byte[] content = ClientEvent.content(cache.require(position).clientJson());
        return JsonReader.readObject(content)
                .string(member)
                .filter(name -> !name.isEmpty())
                .isPresent();
    }

    /// Reads whom several rooms are named after.
    void readAhead(List<Shown> rooms) {
        var _ =
                identifiers.users(
                        rooms.stream().flatMapToInt(each -> IntStream.of(each.heroes())).toArray());
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
