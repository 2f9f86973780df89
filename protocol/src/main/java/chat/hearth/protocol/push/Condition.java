package chat.hearth.protocol.push;

import chat.hearth.protocol.glob.Glob;
import chat.hearth.protocol.glob.GlobText;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.json.PropertyPath;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A condition of a push rule. [Common] ones hold or fail for all users at once; [Personal] ones
/// depend on whose rule it is.
///
/// See [Conditions](https://spec.matrix.org/v1.19/client-server-api/#conditions).
sealed interface Condition {
    /// The path whose value is matched by words.
    PropertyPath BODY = PropertyPath.parse("content.body");

    /// The condition as the user `owner` sees it.
    JsonObject toJson(String owner);

    /// The same for all users.
    sealed interface Common extends Condition {
        boolean holds(PushEvent event, RoomFacts room);
    }

    /// Different from user to user.
    sealed interface Personal extends Condition {
        boolean holds(PushEvent event, Recipient recipient);

        /// The users for whom it holds, as far as the event names them by their ids.
        Set<String> named(PushEvent event);
    }

    /// A glob on a string; on `content.body`, on any of its words.
    record EventMatch(String key, PropertyPath path, Glob glob) implements Common {
        static EventMatch of(String key, String pattern) {
            return new EventMatch(key, PropertyPath.parse(key), Glob.ignoringCase(pattern));
        }

        @Override
        public boolean holds(PushEvent event, RoomFacts room) {
            if (path.equals(BODY)) {
                GlobText body = event.foldedAt(path);
                return body != null && glob.findsWords(body);
            }
            String text = event.stringAt(path);
            return text != null && glob.matches(text);
        }

        @Override
        public JsonObject toJson(String owner) {
            return json("event_match", key).put("pattern", glob.pattern()).build();
        }
    }

    /// A value that is exactly this one.
    record PropertyIs(String key, PropertyPath path, JsonValue value) implements Common {
        static PropertyIs of(String key, JsonValue value) {
            return new PropertyIs(key, PropertyPath.parse(key), value);
        }

        @Override
        public boolean holds(PushEvent event, RoomFacts room) {
            return event.at(path).filter(value::equals).isPresent();
        }

        @Override
        public JsonObject toJson(String owner) {
            return json("event_property_is", key).put("value", value).build();
        }
    }

    /// A list with exactly this value in it.
    record PropertyContains(String key, PropertyPath path, JsonValue value) implements Common {
        static PropertyContains of(String key, JsonValue value) {
            return new PropertyContains(key, PropertyPath.parse(key), value);
        }

        @Override
        public boolean holds(PushEvent event, RoomFacts room) {
            return event.at(path).orElse(null) instanceof JsonArray array
                    && array.values().contains(value);
        }

        @Override
        public JsonObject toJson(String owner) {
            return json("event_property_contains", key).put("value", value).build();
        }
    }

    /// A room with so many members.
    record MemberCount(Comparison comparison, long number, String is) implements Common {
        @Override
        public boolean holds(PushEvent event, RoomFacts room) {
            return comparison.holds(room.joinedMembers(), number);
        }

        @Override
        public JsonObject toJson(String owner) {
            return JsonObject.builder().put("kind", "room_member_count").put("is", is).build();
        }
    }

    /// A sender who has the power to notify the room in this way.
    record SenderPermission(String key) implements Common {
        @Override
        public boolean holds(PushEvent event, RoomFacts room) {
            return room.senderMayNotify(key);
        }

        @Override
        public JsonObject toJson(String owner) {
            return json("sender_notification_permission", key).build();
        }
    }

    /// A condition that this server does not know or cannot read; it never holds.
    record Unknown(JsonObject json) implements Common {
        @Override
        public boolean holds(PushEvent event, RoomFacts room) {
            return false;
        }

        @Override
        public JsonObject toJson(String owner) {
            return json;
        }
    }

    /// A string that is the user's own id; users see it as an `event_match`.
    record IsUser(String key, PropertyPath path) implements Personal {
        static IsUser of(String key) {
            return new IsUser(key, PropertyPath.parse(key));
        }

        @Override
        public boolean holds(PushEvent event, Recipient recipient) {
            return recipient.userId().equals(event.stringAt(path));
        }

        @Override
        public Set<String> named(PushEvent event) {
            String user = event.stringAt(path);
            return user == null ? Set.of() : Set.of(user);
        }

        @Override
        public JsonObject toJson(String owner) {
            return json("event_match", key).put("pattern", owner).build();
        }
    }

    /// A list with the user's own id in it; users see it as an `event_property_contains`.
    record ContainsUser(String key, PropertyPath path) implements Personal {
        static ContainsUser of(String key) {
            return new ContainsUser(key, PropertyPath.parse(key));
        }

        @Override
        public boolean holds(PushEvent event, Recipient recipient) {
            return event.at(path).orElse(null) instanceof JsonArray array
                    && array.values().contains(new JsonString(recipient.userId()));
        }

        @Override
        public Set<String> named(PushEvent event) {
            var users = new LinkedHashSet<String>();
            if (event.at(path).orElse(null) instanceof JsonArray array) {
                for (JsonValue value : array) {
                    if (value instanceof JsonString user) {
                        users.add(user.value());
                    }
                }
            }
            return users;
        }

        @Override
        public JsonObject toJson(String owner) {
            return json("event_property_contains", key).put("value", owner).build();
        }
    }

    /// A body with the user's display name among its words.
    enum DisplayName implements Personal {
        /// The one such condition.
        IN_BODY;

        @Override
        public boolean holds(PushEvent event, Recipient recipient) {
            String name = recipient.displayName();
            GlobText body = event.foldedAt(BODY);
            return name != null
                    && !name.isBlank()
                    && body != null
                    && Glob.literalIgnoringCase(name).findsWords(body);
        }

        @Override
        public Set<String> named(PushEvent event) {
            return Set.of();
        }

        @Override
        public JsonObject toJson(String owner) {
            return JsonObject.of("kind", "contains_display_name");
        }
    }

    /// How two numbers compare.
    enum Comparison {
        /// `==`.
        EQUAL,
        /// `<`.
        LESS,
        /// `>`.
        GREATER,
        /// `<=`.
        AT_MOST,
        /// `>=`.
        AT_LEAST;

        static @Nullable Comparison parse(String operator) {
            return switch (operator) {
                case "", "==" -> EQUAL;
                case "<" -> LESS;
                case ">" -> GREATER;
                case "<=" -> AT_MOST;
                case ">=" -> AT_LEAST;
                default -> null;
            };
        }

        boolean holds(long left, long right) {
            return switch (this) {
                case EQUAL -> left == right;
                case LESS -> left < right;
                case GREATER -> left > right;
                case AT_MOST -> left <= right;
                case AT_LEAST -> left >= right;
            };
        }
    }

    private static JsonObject.Builder json(String kind, String key) {
        return JsonObject.builder().put("kind", kind).put("key", key);
    }
}
