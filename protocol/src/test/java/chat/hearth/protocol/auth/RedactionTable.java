package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRow.accepts;
import static chat.hearth.protocol.auth.AuthRow.rejects;
import static chat.hearth.protocol.auth.AuthRule.OTHERWISE;
import static chat.hearth.protocol.auth.AuthRule.REDACTION_DOMAIN;
import static chat.hearth.protocol.auth.AuthRule.REDACTION_LEVEL;
import static chat.hearth.protocol.auth.AuthRule.REDACTION_REFUSED;
import static chat.hearth.protocol.auth.AuthRule.REQUIRED_LEVEL;
import static chat.hearth.protocol.auth.Scene.ADMIN;
import static chat.hearth.protocol.auth.Scene.MOD;
import static chat.hearth.protocol.auth.Scene.REMOTE;
import static chat.hearth.protocol.auth.Scene.USER;
import static chat.hearth.protocol.room.RoomVersion.V3;

import java.util.List;

/// Rule 11 of room versions 1 and 2, and its absence.
final class RedactionTable {
    static final List<AuthRow> ROWS =
            List.of(
                    accepts(
                            REDACTION_LEVEL,
                            "an event of another server, by one above the redact level",
                            s -> redacts(s, ADMIN, "$event:b.org")),
                    accepts(
                            REDACTION_LEVEL,
                            "an event of another server, by one on the redact level",
                            s -> redacts(s.levels("'redact': 50"), MOD, "$event:b.org")),
                    rejects(
                            REDACTION_LEVEL,
                            REDACTION_REFUSED,
                            "an event of another server, by one below the redact level",
                            s -> redacts(s, MOD, "$event:b.org")),
                    accepts(
                            REDACTION_DOMAIN,
                            "an event of one's server",
                            s -> redacts(s, USER, "$event:a.org")),
                    rejects(
                            REDACTION_DOMAIN,
                            REDACTION_REFUSED,
                            "an event whose id only ends like one's server's",
                            s -> redacts(s, REMOTE, "$event:xb.org")),
                    rejects(
                            REDACTION_DOMAIN,
                            REDACTION_REFUSED,
                            "an event of one's server, by a redaction whose id another chose",
                            s -> redacts(s, REMOTE, "$event:b.org").withId("$redaction:a.org")),
                    accepts(
                            REDACTION_REFUSED,
                            REDACTION_DOMAIN,
                            "an event of another user of one's server",
                            s -> redacts(s, REMOTE, "$event:b.org")),
                    rejects(
                            REDACTION_REFUSED,
                            "an event that is not named",
                            s -> s.sends("m.room.redaction", null, USER, "{}")),
                    accepts(
                                    OTHERWISE,
                                    "an event of another server, by one below the redact level",
                                    s -> redacts(s, USER, "$event:b.org"))
                            .from(V3),
                    rejects(
                            REQUIRED_LEVEL,
                            "a redaction by one below the level of redactions",
                            s ->
                                    redacts(
                                            s.levels("'events': {'m.room.redaction': 1}"),
                                            USER,
                                            "$event:a.org")));

    private RedactionTable() {}

    private static Scene redacts(Scene s, String sender, String target) {
        return s.sends("m.room.redaction", null, sender, "{}").redacting(target);
    }
}
