package chat.hearth.rooms.unread;

import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.Pdu;
import chat.hearth.protocol.event.StoredForm;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.push.NotifyClass;
import chat.hearth.protocol.push.PushEvent;
import chat.hearth.protocol.push.PushOutcome;
import chat.hearth.protocol.push.Recipient;
import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Counts a room's events for one user, oldest first. For one thread.
final class Counting {
    private final Stores stores;
    private final EventCache events;
    private final Room room;
    private final Reader reader;
    private final Map<Long, UnreadCount> counts;
    private final Set<Integer> ignored;
    private final Set<Long> highlighted;

    /// The user's own rules, compiled; null when they are the default ones here.
    private final @Nullable NotifyClass rules;

    private @Nullable String displayName;

    /// @param highlighted positions of the events that name the reader, or everybody
    Counting(
            Stores stores,
            EventCache events,
            Room room,
            Reader reader,
            Tally from,
            Set<Long> highlighted) {
        this.stores = stores;
        this.events = events;
        this.highlighted = highlighted;
        this.room = room;
        this.reader = reader;
        this.counts = new HashMap<>(from.counts().byThread());
        this.ignored = numbers(reader.ignored());
        UserPushRules own = reader.rules().classIn(room.id().value());
        this.rules = own.isNone() ? null : NotifyClass.of(own);
    }

    private Set<Integer> numbers(Set<String> users) {
        return users.stream()
                .flatMap(user -> UserId.parse(user).stream())
                .flatMapToInt(user -> stores.identifiers().findUser(user).stream())
                .boxed()
                .collect(Collectors.toSet());
    }

    /// Counts an event unless its thread is read up to `readUpTo`, at or after the event, or
    /// nothing is left of it to read.
    void add(StoredEvent event, long readUpTo) {
        if (event.sender() == reader.user()) {
            if (!event.isState() || event.notifies()) {
                counts.remove(event.thread());
            }
            return;
        }
        boolean matters = event.redactedBy() == 0 && !ignored.contains(event.sender());
        if (event.position() <= readUpTo || !matters) {
            return;
        }
        UnreadCount one = rules == null ? byDefault(event) : byOwnRules(rules, event);
        if (!one.equals(UnreadCount.NONE)) {
            counts.merge(event.thread(), one, UnreadCount::plus);
        }
    }

    /// The count after everything that was added.
    Tally tally(long upTo) {
        return new Tally(upTo, reader.settingsAt(), new UnreadCounts(Map.copyOf(counts)));
    }

    private UnreadCount byDefault(StoredEvent event) {
        if (highlighted.contains(event.position())) {
            return new UnreadCount(1, 1);
        }
        return event.notifies() ? new UnreadCount(1, 0) : UnreadCount.NONE;
    }

    private UnreadCount byOwnRules(NotifyClass own, StoredEvent event) {
        Pdu pdu =
                Pdu.ofStored(
                        room.version(),
                        event.eventId(),
                        new StoredForm(event.clientJson(), event.federationJson()));
        PushOutcome outcome =
                own.evaluate(PushEvent.of(pdu), DefaultRuleMarker.facts(pdu, room.state()))
                        .outcomeFor(new Recipient(reader.userId().value(), displayName()));
        return outcome.notifies()
                ? new UnreadCount(1, outcome.highlights() ? 1 : 0)
                : UnreadCount.NONE;
    }

    private @Nullable String displayName() {
        if (displayName == null) {
            displayName =
                    events.find(room.state().members().position(reader.user()))
                            .map(StoredEvent::clientJson)
                            .map(ClientEvent::content)
                            .map(JsonReader::readObject)
                            .flatMap(content -> content.string("displayname"))
                            .orElse("");
        }
        return displayName.isEmpty() ? null : displayName;
    }
}
