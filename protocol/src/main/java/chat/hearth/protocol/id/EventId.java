package chat.hearth.protocol.id;

import java.util.Base64;
import java.util.Optional;

/// An event's id: `$opaque:server` in room versions 1 and 2, `$` and the reference hash from
/// version 3 on.
///
/// See [Event IDs](https://spec.matrix.org/v1.19/appendices/#event-ids).
///
/// @param value the whole id
public record EventId(String value) {
    /// Refuses what is not an event id.
    public EventId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("Not a valid event id");
        }
    }

    /// The event id in `text`, if it is one.
    public static Optional<EventId> parse(String text) {
        return isValid(text) ? Optional.of(new EventId(text)) : Optional.empty();
    }

    /// Whether `text` is an event id of any form.
    public static boolean isValid(String text) {
        return text.length() > 1
                && text.charAt(0) == '$'
                && Grammar.fits(text)
                && Grammar.isLegalText(text);
    }

    /// The id that room versions 4 and later give to the event with this reference hash.
    public static EventId ofReferenceHash(byte[] sha256) {
        return new EventId("$" + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256));
    }

    @Override
    public String toString() {
        return value;
    }
}
