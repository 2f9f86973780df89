package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRule.REDACTION_DOMAIN;
import static chat.hearth.protocol.auth.AuthRule.REDACTION_LEVEL;
import static chat.hearth.protocol.auth.AuthRule.REDACTION_REFUSED;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.Optional;

/// Rule 11 of room versions 1 and 2, `m.room.redaction`. Later versions let every redaction pass;
/// whether it takes effect is asked where it is applied.
final class RedactionRules {
    private final RoomVersionRules rules;

    RedactionRules(RoomVersionRules rules) {
        this.rules = rules;
    }

    AuthResult check(Event event, AuthContext context) {
        PowerLevels levels = context.powerLevels();
        if (levels.levelOf(event.sender()) >= levels.redact()) {
            return REDACTION_LEVEL.allow();
        }
        Optional<String> domain = event.redacts().flatMap(RedactionRules::domain);
        if (domain.isPresent() && domain.equals(domain(event.eventId()))) {
            return REDACTION_DOMAIN.allow();
        }
        return REDACTION_REFUSED.reject(
                rules, "You need power level " + levels.redact() + " to redact this event");
    }

    /// The server that chose an event id; those of room versions 1 and 2 name it.
    private static Optional<String> domain(EventId id) {
        int colon = id.value().indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(id.value().substring(colon + 1));
    }
}
