package chat.hearth.protocol.event;

import chat.hearth.protocol.json.JsonWriter;
import java.time.Duration;

/// Collects the members of an event's `unsigned` object as bytes. Each member may be added once.
/// Not safe for use by several threads.
///
/// See [Room event format](https://spec.matrix.org/v1.19/client-server-api/#room-event-format).
public final class Unsigned {
    private final JsonWriter members = new JsonWriter(64);

    /// Adds how long ago the event was sent, by our clock.
    public Unsigned age(Duration age) {
        name("age").number(age.toMillis());
        return this;
    }

    /// Adds the membership of the user who is served, at the time of the event.
    public Unsigned membership(String membership) {
        name("membership").string(membership);
        return this;
    }

    /// Adds the id that the sending device gave its request; only that device may see it.
    public Unsigned transactionId(String transactionId) {
        name("transaction_id").string(transactionId);
        return this;
    }

    /// Adds the content of the state event that this one replaced.
    ///
    /// @param clientPart the replaced event's client part
    public Unsigned prevContentOf(byte[] clientPart) {
        name("prev_content").raw(ClientEvent.content(clientPart));
        return this;
    }

    /// Adds the redaction of a redacted event.
    ///
    /// @param clientEvent the redaction as [ClientEvent] writes it, with its room's id
    public Unsigned redactedBecause(byte[] clientEvent) {
        return member("redacted_because", clientEvent);
    }

    /// Adds a member whose name needs no escape and whose value is JSON text.
    public Unsigned member(String name, byte[] json) {
        name(name).raw(json);
        return this;
    }

    /// Whether nothing was added.
    public boolean isEmpty() {
        return members.length() == 0;
    }

    void writeTo(JsonWriter out) {
        out.ascii(",\"unsigned\":{").raw(members.toBytes()).ascii('}');
    }

    private JsonWriter name(String name) {
        if (!isEmpty()) {
            members.ascii(',');
        }
        return members.ascii('"').ascii(name).ascii("\":");
    }
}
