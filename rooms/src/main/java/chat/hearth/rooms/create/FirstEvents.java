package chat.hearth.rooms.create;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.room.RoomVersionRules;
import chat.hearth.rooms.create.NewRoom.InitialState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The first events of a new room, in the order that the specification gives them.
///
/// See [Creation](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom).
final class FirstEvents {
    private static final long CREATOR_LEVEL = 100;

    /// In rooms whose creators outrank everyone, a tombstone needs more than an administrator: who
    /// replaces the room outranks everyone in the next one.
    static final long TOMBSTONE_LEVEL = 150;

    private final NewRoom room;
    private final RoomVersionRules rules;
    private final UserId creator;

    private FirstEvents(NewRoom room) {
        this.room = room;
        this.rules = room.version().rules();
        this.creator = room.creator();
    }

    /// The drafts that make `room`.
    static List<EventDraft> of(NewRoom room) {
        return new FirstEvents(room).drafts();
    }

    private List<EventDraft> drafts() {
        var drafts = new ArrayList<EventDraft>();
        drafts.add(state(EventTypes.CREATE, createContent()));
        drafts.add(member(creator, membership(room.memberContent(), "join")));
        drafts.add(state(EventTypes.POWER_LEVELS, powerLevels()));
        if (room.alias() != null) {
            drafts.add(
                    state(
                            EventTypes.CANONICAL_ALIAS,
                            JsonObject.of("alias", room.alias().value())));
        }
        drafts.addAll(stateInOrder().values());
        room.invites().forEach((invitee, profile) -> drafts.add(member(invitee, invite(profile))));
        return drafts;
    }

    private JsonObject createContent() {
        var content = JsonObject.builder().putAll(room.creationContent().without("creator"));
        content.put("room_version", room.version().id());
        if (!rules.implicitCreator()) {
            content.put("creator", creator.value());
        }
        if (!rules.privilegedCreators()) {
            return content.build();
        }
        JsonObject asked = content.build();
        Set<String> additional = new LinkedHashSet<>(additionalCreators(asked));
        if (room.preset() == Preset.TRUSTED_PRIVATE_CHAT) {
            room.invites().keySet().forEach(invitee -> additional.add(invitee.value()));
        }
        additional.remove(creator.value());
        return additional.isEmpty()
                ? asked.without("additional_creators")
                : asked.with("additional_creators", JsonArray.ofStrings(additional));
    }

    private static List<String> additionalCreators(JsonObject creationContent) {
        JsonValue value = creationContent.value("additional_creators");
        if (value == null) {
            return List.of();
        }
        if (value instanceof JsonArray array
                && array.values().stream().allMatch(FirstEvents::isUserId)) {
            return array.strings().orElseThrow();
        }
        throw MatrixException.badJson("additional_creators must be a list of user ids");
    }

    private static boolean isUserId(JsonValue value) {
        return value instanceof JsonString string && UserId.isValid(string.value());
    }

    private JsonObject powerLevels() {
        var users = JsonObject.builder();
        if (!rules.privilegedCreators()) {
            users.put(creator.value(), CREATOR_LEVEL);
            if (room.preset() == Preset.TRUSTED_PRIVATE_CHAT) {
                room.invites().keySet().forEach(user -> users.put(user.value(), CREATOR_LEVEL));
            }
        }
        var events =
                JsonObject.builder()
                        .put(EventTypes.NAME, 50)
                        .put(EventTypes.AVATAR, 50)
                        .put(EventTypes.CANONICAL_ALIAS, 50)
                        .put(EventTypes.HISTORY_VISIBILITY, 100)
                        .put(EventTypes.POWER_LEVELS, 100)
                        .put(EventTypes.ENCRYPTION, 100)
                        .put(EventTypes.SERVER_ACL, 100)
                        .put(
                                EventTypes.TOMBSTONE,
                                rules.privilegedCreators() ? TOMBSTONE_LEVEL : CREATOR_LEVEL);
        return JsonObject.builder()
                .put("users_default", 0)
                .put("events_default", 0)
                .put("state_default", 50)
                .put("ban", 50)
                .put("kick", 50)
                .put("redact", 50)
                .put("invite", room.preset() == Preset.PUBLIC_CHAT ? 50 : 0)
                .put("users", users.build())
                .put("events", events.build())
                .putAll(room.powerLevelOverride())
                .build();
    }

    /// The preset's state, overridden in place by `initial_state`, then name and topic.
    private Map<StateKey, EventDraft> stateInOrder() {
        Map<StateKey, EventDraft> drafts = new LinkedHashMap<>();
        Preset preset = room.preset();
        put(drafts, EventTypes.JOIN_RULES, "join_rule", preset.joinRule());
        put(
                drafts,
                EventTypes.HISTORY_VISIBILITY,
                "history_visibility",
                preset.historyVisibility());
        put(drafts, EventTypes.GUEST_ACCESS, "guest_access", preset.guestAccess());
        for (InitialState initial : room.initialState()) {
            put(
                    drafts,
                    EventDraft.state(
                            creator, initial.type(), initial.stateKey(), initial.content()));
        }
        if (room.name() != null) {
            put(drafts, EventTypes.NAME, "name", room.name());
        }
        if (room.topic() != null) {
            put(drafts, state(EventTypes.TOPIC, topic(room.topic())));
        }
        return drafts;
    }

    /// The topic as plain text and in the rich form of `m.topic`.
    private static JsonObject topic(String topic) {
        var text = JsonObject.builder().put("body", topic).put("mimetype", "text/plain").build();
        var rich = JsonObject.builder().put("m.text", new JsonArray(List.of(text))).build();
        return JsonObject.builder().put("topic", topic).put("m.topic", rich).build();
    }

    private JsonObject invite(JsonObject profile) {
        JsonObject content = membership(profile, "invite");
        return room.isDirect()
                ? JsonObject.builder().putAll(content).put("is_direct", true).build()
                : content;
    }

    private static JsonObject membership(JsonObject profile, String membership) {
        return JsonObject.builder().putAll(profile).put("membership", membership).build();
    }

    private void put(Map<StateKey, EventDraft> drafts, String type, String member, String value) {
        put(drafts, state(type, JsonObject.of(member, value)));
    }

    private static void put(Map<StateKey, EventDraft> drafts, EventDraft draft) {
        String stateKey = draft.stateKey() == null ? "" : draft.stateKey();
        drafts.put(new StateKey(draft.type(), stateKey), draft);
    }

    private EventDraft state(String type, JsonObject content) {
        return EventDraft.state(creator, type, "", content);
    }

    private EventDraft member(UserId user, JsonObject content) {
        return EventDraft.state(creator, EventTypes.MEMBER, user.value(), content);
    }
}
