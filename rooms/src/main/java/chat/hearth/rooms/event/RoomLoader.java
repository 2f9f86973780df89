package chat.hearth.rooms.event;

import chat.hearth.protocol.auth.Creation;
import chat.hearth.protocol.auth.JoinRule;
import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.auth.PowerLevels;
import chat.hearth.protocol.event.Pdu;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.event.StoredForm;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.protocol.visibility.HistoryVisibility;
import chat.hearth.rooms.state.Members;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.StateEntries;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.StoredRoom;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelinePoint;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads rooms from the store.
final class RoomLoader {
    private static final int PAGE = 10_000;
    private static final Set<Membership> ANY = EnumSet.allOf(Membership.class);

    private final Stores stores;

    RoomLoader(Stores stores) {
        this.stores = stores;
    }

    /// The room as of one moment.
    ///
    /// @throws IllegalStateException when there is no such room
    Room load(int number) {
        return stores.snapshot(() -> read(number));
    }

    private Room read(int number) {
        StoredRoom stored =
                stores.rooms()
                        .find(number)
                        .orElseThrow(() -> new IllegalStateException("No room " + number));
        TimelinePoint last =
                stores.events()
                        .lastPoint(number, Long.MAX_VALUE)
                        .orElseThrow(() -> new IllegalStateException("No event in " + number));
        return new Room(
                number,
                stored.roomId(),
                stored.version(),
                head(stored, last),
                state(stored),
                last.position());
    }

    private Head head(StoredRoom stored, TimelinePoint last) {
        List<Long> positions =
                stored.extremities().isEmpty() ? List.of(last.position()) : stored.extremities();
        List<StoredEvent> extremities =
                stores.events()
                        .byPositions(positions.stream().mapToLong(Long::longValue).toArray());
        long depth = extremities.stream().mapToLong(StoredEvent::depth).max().orElse(last.depth());
        return new Head(
                extremities.stream().map(StoredEvent::eventId).toList(), depth, last.notifyIndex());
    }

    private RoomState state(StoredRoom stored) {
        RoomVersion version = stored.version();
        StateEntries entries = stores.states().load(stored.currentState());
        var events = StateMap.builder();
        for (int i = 0; i < entries.size(); i++) {
            events.put(entries.keys()[i], entries.positions()[i]);
        }
        Pdu create = event(version, entries, "m.room.create");
        if (create == null) {
            throw new IllegalStateException("No create event in " + stored.room());
        }
        Creation creation = Creation.of(version.rules(), create);
        JsonObject visibility = content(version, entries, "m.room.history_visibility");
        return new RoomState(
                stored.currentState(),
                events.build(),
                members(stored.room()),
                creation,
                PowerLevels.of(
                        version.rules(),
                        creation.creators(),
                        content(version, entries, "m.room.power_levels")),
                JoinRule.of(content(version, entries, "m.room.join_rules")),
                visibility == null ? HistoryVisibility.DEFAULT : HistoryVisibility.of(visibility));
    }

    private @Nullable JsonObject content(RoomVersion version, StateEntries entries, String type) {
        Pdu event = event(version, entries, type);
        return event == null ? null : event.content();
    }

    private @Nullable Pdu event(RoomVersion version, StateEntries entries, String type) {
        int key = stores.identifiers().findStateKey(StateKey.of(type)).orElse(0);
        long position = entries.position(key);
        return position == 0
                ? null
                : stores.events().byPosition(position).map(e -> pdu(version, e)).orElse(null);
    }

    /// The event as the rules see it.
    static Pdu pdu(RoomVersion version, StoredEvent event) {
        return Pdu.ofStored(
                version,
                event.eventId(),
                new StoredForm(event.clientJson(), event.federationJson()));
    }

    private Members members(int room) {
        Members members = Members.EMPTY;
        int after = 0;
        while (true) {
            List<StoredMembership> page = stores.memberships().ofRoom(room, ANY, after, PAGE);
            for (StoredMembership row : page) {
                Membership membership = row.state();
                members = members.with(row.user(), membership, row.position());
            }
            if (page.size() < PAGE) {
                return members;
            }
            after = page.getLast().user();
        }
    }
}
