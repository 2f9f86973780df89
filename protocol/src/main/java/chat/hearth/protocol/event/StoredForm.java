package chat.hearth.protocol.event;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An event as it is kept: the part that clients see and the rest that only servers need, each a
/// canonical JSON object. Together they give back the event's canonical JSON, byte for byte.
///
/// The client part holds `content`, `origin_server_ts`, `sender`, `type`, of state events
/// `state_key`, and of redactions `redacts`. Redactions name their target both at the top level and
/// in the content, for old and for new clients. What of this the event says itself stands in the
/// rest, too, and where both parts have a member, the event has that of the rest.
///
/// See [redactions in room version
/// 11](https://spec.matrix.org/v1.19/rooms/v11/#moving-the-redacts-property-of-mroomredaction-events-to-a-content-property).
public final class StoredForm {
    private static final Set<String> CLIENT_MEMBERS =
            Set.of("content", "origin_server_ts", "sender", "state_key", "type");

    private final byte[] clientPart;
    private final byte[] federationRest;

    /// The form made of two parts that came from a stored form. The arrays are not copied: nobody
    /// may change them from now on.
    public StoredForm(byte[] clientPart, byte[] federationRest) {
        this.clientPart = clientPart;
        this.federationRest = federationRest;
    }

    /// Splits an event in federation format.
    static StoredForm split(RoomVersionRules rules, JsonObject event) {
        var client = JsonObject.builder();
        var rest = JsonObject.builder();
        event.members()
                .forEach(
                        (name, value) ->
                                (CLIENT_MEMBERS.contains(name) ? client : rest).put(name, value));
        if (event.string("type").filter(EventTypes.REDACTION::equals).isPresent()) {
            showTarget(rules, event, client, rest);
        }
        return new StoredForm(
                CanonicalJson.lenientBytes(client.build()),
                CanonicalJson.lenientBytes(rest.build()));
    }

    private static void showTarget(
            RoomVersionRules rules,
            JsonObject event,
            JsonObject.Builder client,
            JsonObject.Builder rest) {
        JsonObject content = event.object("content").orElse(JsonObject.EMPTY);
        Optional<String> target = target(rules.modernRedaction() ? content : event);
        if (target.isEmpty()) {
            return;
        }
        JsonObject shown = content.with("redacts", new JsonString(target.get()));
        client.put("redacts", target.get());
        if (!shown.equals(content)) {
            client.put("content", shown);
            rest.put("content", content);
        }
    }

    private static Optional<String> target(JsonObject holder) {
        return holder.string("redacts").filter(EventId::isValid);
    }

    /// The part that clients see: an object that is never empty, without `event_id`, `room_id` and
    /// `unsigned`. Not a copy: it must not be changed.
    public byte[] clientPart() {
        return clientPart;
    }

    /// What servers see besides. Not a copy: it must not be changed.
    public byte[] federationRest() {
        return federationRest;
    }

    /// The event's canonical JSON in federation format.
    public byte[] join() {
        var out = new JsonWriter(clientPart.length + federationRest.length);
        var client = new Members(clientPart);
        var rest = new Members(federationRest);
        nextOwn(client);
        rest.next();
        char separator = '{';
        while (client.isAtMember() || rest.isAtMember()) {
            int order = order(client, rest);
            if (order < 0) {
                append(out, separator, clientPart, client);
            } else {
                append(out, separator, federationRest, rest);
            }
            separator = ',';
            if (order <= 0) {
                nextOwn(client);
            }
            if (order >= 0) {
                rest.next();
            }
        }
        return out.ascii('}').toBytes();
    }

    /// A `redacts` in the client part was put there for clients.
    private static void nextOwn(Members client) {
        client.next();
        if (client.isAtMember() && client.isNamed("redacts")) {
            client.next();
        }
    }

    private static int order(Members client, Members rest) {
        if (!client.isAtMember()) {
            return 1;
        }
        return rest.isAtMember() ? client.compareName(rest) : -1;
    }

    private static void append(JsonWriter out, char separator, byte[] text, Members member) {
        out.ascii(separator).raw(text, member.start(), member.end() - member.start());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredForm form
                && Arrays.equals(form.clientPart, clientPart)
                && Arrays.equals(form.federationRest, federationRest);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(clientPart) + Arrays.hashCode(federationRest);
    }
}
