package chat.hearth.rooms.history;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.Members;
import chat.hearth.storage.StoredEvent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/// Who is what in a room, now or earlier. Safe for use by several threads.
public final class RoomMembers {
    private final EventCache events;
    private final StateReader states;

    /// Reads members from the state that `states` reads.
    public RoomMembers(EventCache events, StateReader states) {
        this.events = events;
        this.states = states;
    }

    /// The membership events of those with one of the wanted memberships.
    ///
    /// @param at the position of the stream to look at, empty for the latest that the user may see;
    ///   later ones are cut back to that
    public List<StoredEvent> list(RoomReading reading, OptionalLong at, Set<Membership> wanted) {
        if (at.isEmpty() && reading.isCurrent()) {
            return current(reading.room().state().members(), wanted);
        }
        long version =
                at.isEmpty() || at.getAsLong() >= reading.stateUpTo()
                        ? reading.stateVersion()
                        : states.versionAfter(reading.room(), at.getAsLong());
        List<StoredEvent> members = states.members(version);
        return wanted.size() == Membership.values().length
                ? members
                : members.stream()
                        .filter(event -> wanted.contains(Membership.of(content(event))))
                        .toList();
    }

    private List<StoredEvent> current(Members members, Set<Membership> wanted) {
        LongStream positions =
                wanted.stream()
                        .map(members::with)
                        .flatMapToLong(users -> Arrays.stream(users).mapToLong(members::position));
        return events.all(positions.sorted().toArray());
    }

    /// What the joined members call themselves: the content of their membership events, by user id.
    ///
    /// @throws MatrixException 403 when the user is not joined
    public Map<String, JsonObject> joined(RoomReading reading) {
        if (!reading.isJoined()) {
            throw MatrixException.forbidden("You are not in the room");
        }
        Map<String, JsonObject> joined = new LinkedHashMap<>();
        for (StoredEvent event :
                current(reading.room().state().members(), EnumSet.of(Membership.JOIN))) {
            joined.put(stateKey(event), content(reading.sight().shown(event)));
        }
        return joined;
    }

    private static String stateKey(StoredEvent event) {
        return JsonReader.readObject(event.clientJson()).string("state_key").orElseThrow();
    }

    private static JsonObject content(StoredEvent event) {
        return JsonReader.readObject(ClientEvent.content(event.clientJson()));
    }
}
