package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRule.ALIASES_ALLOWED;
import static chat.hearth.protocol.auth.AuthRule.ALIASES_OF_OTHER_DOMAIN;
import static chat.hearth.protocol.auth.AuthRule.ALIASES_WITHOUT_STATE_KEY;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.room.RoomVersionRules;

/// Rule 4 until room version 5, `m.room.aliases`: a server may list its aliases whoever is in the
/// room.
final class AliasesRules {
    private final RoomVersionRules rules;

    AliasesRules(RoomVersionRules rules) {
        this.rules = rules;
    }

    AuthResult check(Event event) {
        if (event.stateKey().isEmpty()) {
            return ALIASES_WITHOUT_STATE_KEY.reject(rules, "m.room.aliases needs a state key");
        }
        if (!event.sender().serverName().value().equals(event.stateKey().get())) {
            return ALIASES_OF_OTHER_DOMAIN.reject(
                    rules, "The state key must be the server name of " + event.sender());
        }
        return ALIASES_ALLOWED.allow();
    }
}
