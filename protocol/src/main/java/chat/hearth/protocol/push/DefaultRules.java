package chat.hearth.protocol.push;

import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonBoolean;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.push.Condition.ContainsUser;
import chat.hearth.protocol.push.Condition.EventMatch;
import chat.hearth.protocol.push.Condition.IsUser;
import chat.hearth.protocol.push.Condition.MemberCount;
import chat.hearth.protocol.push.Condition.PropertyIs;
import chat.hearth.protocol.push.Condition.SenderPermission;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server's own rules. The master rule stands above the users' rules, the others below those of
/// their kind.
///
/// See [Predefined rules](https://spec.matrix.org/v1.19/client-server-api/#predefined-rules).
final class DefaultRules {
    private static final JsonObject HIGHLIGHT = JsonObject.of(PushActions.SET_TWEAK, "highlight");
    private static final JsonArray SILENT = JsonArray.EMPTY;
    private static final JsonArray NOTIFY = new JsonArray(List.of(PushActions.NOTIFY));
    private static final JsonArray NOTIFY_HIGHLIGHT =
            new JsonArray(List.of(PushActions.NOTIFY, HIGHLIGHT));
    private static final JsonArray NOTIFY_SOUND =
            new JsonArray(List.of(PushActions.NOTIFY, sound("default")));
    private static final JsonArray NOTIFY_RING =
            new JsonArray(List.of(PushActions.NOTIFY, sound("ring")));
    private static final JsonArray NOTIFY_SOUND_HIGHLIGHT =
            new JsonArray(List.of(PushActions.NOTIFY, sound("default"), HIGHLIGHT));

    private static final Condition TWO_MEMBERS =
            new MemberCount(Condition.Comparison.EQUAL, 2, "2");

    /// Turns all notifications off while it is enabled.
    static final PushRule MASTER =
            new PushRule(RuleKind.OVERRIDE, ".m.rule.master", true, false, List.of(), null, SILENT);

    /// The override rules after the users'.
    static final List<PushRule> OVERRIDE =
            List.of(
                    override(
                            ".m.rule.suppress_notices",
                            SILENT,
                            EventMatch.of("content.msgtype", "m.notice")),
                    override(
                            ".m.rule.invite_for_me",
                            NOTIFY_SOUND,
                            type(EventTypes.MEMBER),
                            EventMatch.of("content.membership", "invite"),
                            IsUser.of("state_key")),
                    override(".m.rule.member_event", SILENT, type(EventTypes.MEMBER)),
                    override(
                            ".m.rule.is_user_mention",
                            NOTIFY_SOUND_HIGHLIGHT,
                            ContainsUser.of("content.m\\.mentions.user_ids")),
                    override(
                            ".m.rule.is_room_mention",
                            NOTIFY_HIGHLIGHT,
                            PropertyIs.of("content.m\\.mentions.room", JsonBoolean.TRUE),
                            new SenderPermission("room")),
                    override(
                            ".m.rule.tombstone",
                            NOTIFY_HIGHLIGHT,
                            type(EventTypes.TOMBSTONE),
                            EventMatch.of("state_key", "")),
                    override(".m.rule.reaction", SILENT, type("m.reaction")),
                    override(
                            ".m.rule.room.server_acl",
                            SILENT,
                            type(EventTypes.SERVER_ACL),
                            EventMatch.of("state_key", "")),
                    override(
                            ".m.rule.suppress_edits",
                            SILENT,
                            PropertyIs.of(
                                    "content.m\\.relates_to.rel_type",
                                    new JsonString("m.replace"))));

    /// The underride rules after the users'.
    static final List<PushRule> UNDERRIDE =
            List.of(
                    underride(".m.rule.call", NOTIFY_RING, type("m.call.invite")),
                    underride(
                            ".m.rule.encrypted_room_one_to_one",
                            NOTIFY_SOUND,
                            TWO_MEMBERS,
                            type(EventTypes.ENCRYPTED)),
                    underride(
                            ".m.rule.room_one_to_one",
                            NOTIFY_SOUND,
                            TWO_MEMBERS,
                            type(EventTypes.MESSAGE)),
                    underride(".m.rule.message", NOTIFY, type(EventTypes.MESSAGE)),
                    underride(".m.rule.encrypted", NOTIFY, type(EventTypes.ENCRYPTED)));

    private DefaultRules() {}

    /// The default rule `id` of `kind`, or null when there is none.
    static @Nullable PushRule find(RuleKind kind, String id) {
        if (kind == MASTER.kind() && id.equals(MASTER.id())) {
            return MASTER;
        }
        return after(kind).stream().filter(rule -> rule.id().equals(id)).findFirst().orElse(null);
    }

    /// The default rules of `kind` that stand after the users'.
    static List<PushRule> after(RuleKind kind) {
        return switch (kind) {
            case OVERRIDE -> OVERRIDE;
            case UNDERRIDE -> UNDERRIDE;
            case CONTENT, ROOM, SENDER -> List.of();
        };
    }

    private static PushRule override(String id, JsonArray actions, Condition... conditions) {
        return new PushRule(RuleKind.OVERRIDE, id, true, true, List.of(conditions), null, actions);
    }

    private static PushRule underride(String id, JsonArray actions, Condition... conditions) {
        return new PushRule(RuleKind.UNDERRIDE, id, true, true, List.of(conditions), null, actions);
    }

    private static Condition type(String type) {
        return EventMatch.of("type", type);
    }

    private static JsonObject sound(String value) {
        return JsonObject.builder().put(PushActions.SET_TWEAK, "sound").put("value", value).build();
    }
}
