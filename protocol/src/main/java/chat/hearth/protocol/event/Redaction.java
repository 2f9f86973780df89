package chat.hearth.protocol.event;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// The redaction algorithm: which members of an event survive redaction. Hashes and signatures are
/// made over what it leaves, so it is the same for every server.
///
/// See "Redactions" in each [room version](https://spec.matrix.org/v1.19/rooms/v12/#redactions).
public final class Redaction {
    private static final Set<String> KEPT =
            Set.of(
                    "event_id",
                    "type",
                    "room_id",
                    "sender",
                    "state_key",
                    "content",
                    "hashes",
                    "signatures",
                    "depth",
                    "prev_events",
                    "auth_events",
                    "origin_server_ts");
    private static final Set<String> KEPT_UNTIL_V10 = Set.of("prev_state", "origin", "membership");
    private static final List<String> POWER_LEVELS =
            List.of(
                    "ban",
                    "events",
                    "events_default",
                    "kick",
                    "redact",
                    "state_default",
                    "users",
                    "users_default");

    private Redaction() {}

    /// The event without everything that is not protected. Redacting twice changes nothing more.
    public static JsonObject redact(RoomVersionRules rules, JsonObject event) {
        var kept = JsonObject.builder();
        event.members()
                .forEach(
                        (name, value) -> {
                            if (isKept(rules, name)) {
                                kept.put(name, value);
                            }
                        });
        if (event.has("content")) {
            JsonObject content = event.object("content").orElse(JsonObject.EMPTY);
            kept.put("content", content(rules, event.string("type").orElse(""), content));
        }
        return kept.build();
    }

    /// Whether redaction keeps the top-level member `name`; of `content` it keeps what
    /// [#content(RoomVersionRules, String, JsonObject)] says.
    static boolean isKept(RoomVersionRules rules, String name) {
        return KEPT.contains(name) || !rules.modernRedaction() && KEPT_UNTIL_V10.contains(name);
    }

    /// What redaction leaves of the content of an event of this type.
    public static JsonObject content(RoomVersionRules rules, String type, JsonObject content) {
        return switch (type) {
            case EventTypes.MEMBER -> member(rules, content);
            case EventTypes.CREATE ->
                    rules.modernRedaction() ? content : only(content, List.of("creator"));
            case EventTypes.JOIN_RULES ->
                    only(
                            content,
                            rules.restrictedJoins()
                                    ? List.of("join_rule", "allow")
                                    : List.of("join_rule"));
            case EventTypes.POWER_LEVELS -> powerLevels(rules, content);
            case EventTypes.ALIASES ->
                    rules.aliasesByDomain() ? only(content, List.of("aliases")) : JsonObject.EMPTY;
            case EventTypes.HISTORY_VISIBILITY -> only(content, List.of("history_visibility"));
            case EventTypes.REDACTION ->
                    rules.modernRedaction() ? only(content, List.of("redacts")) : JsonObject.EMPTY;
            default -> JsonObject.EMPTY;
        };
    }

    private static JsonObject member(RoomVersionRules rules, JsonObject content) {
        JsonObject kept =
                only(
                        content,
                        rules.keepsAuthorisingUser()
                                ? List.of("membership", "join_authorised_via_users_server")
                                : List.of("membership"));
        if (!rules.modernRedaction()) {
            return kept;
        }
        return content.object("third_party_invite")
                .map(invite -> kept.with("third_party_invite", only(invite, List.of("signed"))))
                .orElse(kept);
    }

    private static JsonObject powerLevels(RoomVersionRules rules, JsonObject content) {
        JsonObject kept = only(content, POWER_LEVELS);
        JsonValue invite = content.value("invite");
        return rules.modernRedaction() && invite != null ? kept.with("invite", invite) : kept;
    }

    private static JsonObject only(JsonObject object, Collection<String> names) {
        var kept = JsonObject.builder();
        for (String name : names) {
            kept.putIfPresent(name, object.value(name));
        }
        return kept.build();
    }
}
