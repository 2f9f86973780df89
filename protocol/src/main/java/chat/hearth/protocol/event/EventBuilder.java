package chat.hearth.protocol.event;

import static chat.hearth.protocol.event.RefusedPduException.malformed;
import static chat.hearth.protocol.event.RefusedPduException.tooLarge;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.json.JsonException;
import chat.hearth.protocol.json.JsonNumber;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.function.Supplier;

/// Makes events of local users: hashed and named, not yet signed, since signatures are not part of
/// an event's id.
///
/// Safe for use by several threads if the given supplier is.
public final class EventBuilder {
    private final ServerName serverName;
    private final Supplier<String> opaqueIds;

    /// A builder for the events of one server.
    ///
    /// @param serverName the server
    /// @param opaqueIds gives, for rooms of versions 1 and 2, ids of letters and digits that never
    ///   come twice
    public EventBuilder(ServerName serverName, Supplier<String> opaqueIds) {
        this.serverName = serverName;
        this.opaqueIds = opaqueIds;
    }

    /// Makes the event, or says why there can be no such event: a number in the content that the
    /// room version does not allow, a part that is too large, edges beyond their limits.
    ///
    /// The event leaves [EventLimits#SIGNATURES_BYTES_RESERVED] of its size for signatures.
    ///
    /// @throws IllegalArgumentException when the place has no room although the version needs one,
    ///   or lacks a reference hash that the version needs
    public PduResult build(EventDraft draft, EventPlace place) {
        try {
            check(draft, place);
            return new PduResult.Valid(hashed(withTarget(draft, place.version().rules()), place));
        } catch (RefusedPduException refused) {
            return refused.result();
        }
    }

    private static void check(EventDraft draft, EventPlace place) {
        PduReader.checkLength("type", draft.type());
        if (draft.stateKey() != null) {
            PduReader.checkLength("state_key", draft.stateKey());
        }
        if (place.prevEvents().size() > EventLimits.PREV_EVENTS_MAX) {
            throw tooLarge("More than " + EventLimits.PREV_EVENTS_MAX + " previous events");
        }
        if (place.authEvents().size() > EventLimits.AUTH_EVENTS_MAX) {
            throw tooLarge("More than " + EventLimits.AUTH_EVENTS_MAX + " auth events");
        }
        if (place.depth() < 0 || place.depth() > EventLimits.DEPTH_MAX) {
            throw malformed("depth must be within 0 and 2^53-1");
        }
        if (Math.abs(place.originServerTs()) > JsonNumber.INTEGER_MAX) {
            throw malformed("origin_server_ts must be within ±(2^53-1)");
        }
    }

    /// Puts the target of a redaction into the content where the room version wants it there.
    private static EventDraft withTarget(EventDraft draft, RoomVersionRules rules) {
        EventId target = draft.redacts();
        if (target == null || !rules.modernRedaction()) {
            return draft;
        }
        JsonObject named =
                JsonObject.builder().putAll(draft.content()).put("redacts", target.value()).build();
        return new EventDraft(draft.type(), draft.stateKey(), draft.sender(), named, null);
    }

    private Pdu hashed(EventDraft draft, EventPlace place) {
        RoomVersionRules rules = place.version().rules();
        EventId chosenId =
                switch (rules.eventIdForm()) {
                    case CHOSEN_BY_ORIGIN ->
                            new EventId("$" + opaqueIds.get() + ":" + serverName.value());
                    case HASH, URL_SAFE_HASH -> null;
                };
        var text = new DraftText(draft, place, contentBytes(rules, draft.content()), chosenId);
        EventId eventId =
                chosenId != null
                        ? chosenId
                        : ReferenceHash.eventId(rules, Sha256.of(text.redacted(rules)));
        StoredForm stored = text.storedForm();
        int size = stored.clientPart().length + stored.federationRest().length;
        if (size > EventLimits.EVENT_BYTES_MAX - EventLimits.SIGNATURES_BYTES_RESERVED) {
            throw tooLarge("The event is too large");
        }
        var fields =
                new PduFields(
                        eventId,
                        roomId(draft, place, eventId),
                        draft.type(),
                        draft.stateKey(),
                        draft.sender(),
                        draft.content(),
                        place.originServerTs(),
                        place.depth(),
                        place.prevEvents(),
                        place.authEvents());
        return new Pdu(place.version(), fields, stored);
    }

    private static byte[] contentBytes(RoomVersionRules rules, JsonObject content) {
        try {
            return rules.strictCanonicalJson()
                    ? CanonicalJson.bytes(content)
                    : CanonicalJson.lenientBytes(content);
        } catch (JsonException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    private static RoomId roomId(EventDraft draft, EventPlace place, EventId eventId) {
        RoomId known = place.roomId();
        if (DraftText.makesRoomId(draft, place)) {
            if (known != null) {
                throw new IllegalArgumentException("The room's id will be the event's hash");
            }
            return new RoomId("!" + eventId.value().substring(1));
        }
        if (known == null) {
            throw new IllegalArgumentException("The event needs a room");
        }
        return known;
    }
}
