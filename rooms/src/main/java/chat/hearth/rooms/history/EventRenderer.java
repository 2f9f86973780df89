package chat.hearth.rooms.history;

import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.Unsigned;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.state.AtHand;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.SentTransactions;
import chat.hearth.storage.StoredEvent;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes stored events as one user's clients see them: the stored bytes, with the id and an
/// `unsigned` spliced in. Safe for use by several threads.
///
/// See [Room event format](https://spec.matrix.org/v1.19/client-server-api/#room-event-format).
public final class EventRenderer {
    private final EventCache events;
    private final SentTransactions transactions;
    private final HistoryGate gate;
    private final AtHand atHand;
    private final InstantSource clock;

    /// A renderer over one database.
    public EventRenderer(
            EventCache events,
            SentTransactions transactions,
            HistoryGate gate,
            AtHand atHand,
            InstantSource clock) {
        this.events = events;
        this.transactions = transactions;
        this.gate = gate;
        this.atHand = atHand;
        this.clock = clock;
    }

    /// Who an event is written for.
    ///
    /// @param sight what the user may see of the room
    /// @param user the user's number
    /// @param device the number of the device, 0 for none; its own events show their transaction id
    public record Viewer(RoomSight sight, int user, int device) {}

    /// Reads what writing the timelines and the state of several rooms takes, for the running work,
    /// if any.
    ///
    /// @param user number of the user for whom they are written
    /// @param device number of the device, 0 for none
    public void readAhead(
            Map<RoomSight, List<StoredEvent>> timelines,
            Collection<StoredEvent> state,
            int user,
            int device) {
        if (!atHand.isWorking()) {
            return;
        }
        List<StoredEvent> shown = timelines.values().stream().flatMap(List::stream).toList();
        LongStream redactions =
                Stream.concat(shown.stream(), state.stream()).mapToLong(StoredEvent::redactedBy);
        events.readAhead(
                LongStream.concat(shown.stream().mapToLong(StoredEvent::replaces), redactions));
        Map<RoomSight, List<StoredEvent>> replaced = new HashMap<>();
        timelines.forEach((sight, timeline) -> replaced.put(sight, replaced(timeline)));
        gate.readAhead(replaced);
        var _ = transactionIds(shown, user, device);
    }

    private List<StoredEvent> replaced(List<StoredEvent> timeline) {
        return timeline.stream()
                .filter(event -> event.replaces() != 0)
                .flatMap(event -> events.find(event.replaces()).stream())
                .toList();
    }

    /// Writes `batch` as elements of a JSON array, separated by commas, without `room_id`.
    public void writeAll(JsonWriter out, Collection<StoredEvent> batch, Viewer viewer) {
        writeAll(out, batch, viewer, null);
    }

    /// Writes `batch` as elements of a JSON array, separated by commas.
    ///
    /// @param room the room's id to write into each event, null to leave it out as `/sync` does
    public void writeAll(
            JsonWriter out, Collection<StoredEvent> batch, Viewer viewer, @Nullable RoomId room) {
        Map<Long, String> txnIds = transactionIds(batch, viewer.user(), viewer.device());
        char separator = 0;
        for (StoredEvent event : batch) {
            if (separator != 0) {
                out.ascii(separator);
            }
            separator = ',';
            Unsigned unsigned = unsigned(event, viewer, txnIds);
            byte[] client = viewer.sight().shown(event).clientJson();
            if (room == null) {
                ClientEvent.write(out, event.eventId(), client, unsigned);
            } else {
                ClientEvent.write(out, event.eventId(), room, client, unsigned);
            }
        }
    }

    /// Writes state events as elements of a JSON array, separated by commas, without `room_id`, as
    /// the state section of `/sync` has them: they stand for what holds, not for what happened, so
    /// they do not say what they replaced, and only those that were redacted take a look at the
    /// store.
    public void writeState(JsonWriter out, Collection<StoredEvent> batch, Viewer viewer) {
        char separator = 0;
        long now = clock.millis();
        for (StoredEvent event : batch) {
            if (separator != 0) {
                out.ascii(separator);
            }
            separator = ',';
            var unsigned = new Unsigned();
            unsigned.age(Duration.ofMillis(Math.max(0, now - originServerTs(event))));
            if (event.position() > viewer.sight().membershipSince()) {
                unsigned.membership(viewer.sight().membershipAt(event).id());
            }
            addRedaction(unsigned, event, viewer.sight());
            byte[] client = viewer.sight().shown(event).clientJson();
            ClientEvent.write(out, event.eventId(), client, unsigned);
        }
    }

    /// One event as JSON text, with its room's id.
    public byte[] event(StoredEvent event, Viewer viewer, RoomId room) {
        var out = new JsonWriter(event.clientJson().length + 256);
        writeAll(out, List.of(event), viewer, room);
        return out.toBytes();
    }

    /// Writes state events as elements of a JSON array, separated by commas, with nothing in
    /// `unsigned` but why an event was redacted.
    ///
    /// @param sight what the user may see of the room
    public void writeState(
            JsonWriter out, Collection<StoredEvent> state, RoomSight sight, RoomId room) {
        char separator = 0;
        for (StoredEvent event : state) {
            if (separator != 0) {
                out.ascii(separator);
            }
            separator = ',';
            var unsigned = new Unsigned();
            addRedaction(unsigned, event, sight);
            ClientEvent.write(
                    out, event.eventId(), room, sight.shown(event).clientJson(), unsigned);
        }
    }

    private Map<Long, String> transactionIds(Collection<StoredEvent> batch, int user, int device) {
        if (device == 0) {
            return Map.of();
        }
        long[] own =
                batch.stream()
                        .filter(event -> event.sender() == user)
                        .mapToLong(StoredEvent::position)
                        .toArray();
        return own.length == 0 ? Map.of() : transactions.txnIds(device, own);
    }

    private Unsigned unsigned(StoredEvent event, Viewer viewer, Map<Long, String> txnIds) {
        var unsigned = new Unsigned();
        long age = clock.millis() - originServerTs(event);
        unsigned.age(Duration.ofMillis(Math.max(0, age)));
        unsigned.membership(viewer.sight().membershipAt(event).id());
        String txnId = txnIds.get(event.position());
        if (txnId != null) {
            unsigned.transactionId(txnId);
        }
        addReplaced(unsigned, event, viewer.sight());
        addRedaction(unsigned, event, viewer.sight());
        return unsigned;
    }

    private void addRedaction(Unsigned unsigned, StoredEvent event, RoomSight sight) {
        if (event.redactedBy() != 0) {
            events.find(event.redactedBy())
                    .filter(sight::sees)
                    .map(sight::shown)
                    .ifPresent(
                            redaction ->
                                    unsigned.redactedBecause(plain(redaction, sight.roomId())));
        }
    }

    private void addReplaced(Unsigned unsigned, StoredEvent event, RoomSight sight) {
        if (event.replaces() != 0) {
            events.find(event.replaces())
                    .map(sight::shown)
                    .ifPresent(
                            before -> {
                                if (sight.isOwnMembership(event) || sight.sees(before)) {
                                    unsigned.prevContentOf(before.clientJson());
                                }
                                unsigned.member("replaces_state", quoted(before.eventId().value()));
                            });
        }
    }

    private static byte[] plain(StoredEvent event, RoomId room) {
        var out = new JsonWriter(event.clientJson().length + 128);
        ClientEvent.write(out, event.eventId(), room, event.clientJson(), new Unsigned());
        return out.toBytes();
    }

    private static byte[] quoted(String text) {
        return new JsonWriter(text.length() + 2).string(text).toBytes();
    }

    private static long originServerTs(StoredEvent event) {
        return ClientEvent.originServerTs(event.clientJson());
    }
}
