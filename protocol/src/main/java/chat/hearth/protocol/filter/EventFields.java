package chat.hearth.protocol.filter;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.json.PropertyPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of events that a client wants, as the filter's `event_fields` lists them. Immutable.
///
/// An absent list and an empty one ask for all fields. Whatever the list says, the members that the
/// schema of a client event requires stay, since a server may send more than was asked for: `type`,
/// `event_id`, `sender`, `origin_server_ts`, `room_id`, `state_key`, and a `content`, which is
/// empty unless something of it was asked for.
public final class EventFields {
    /// All fields.
    public static final EventFields ALL = new EventFields(new Node(Map.of()));

    private static final List<String> KEPT =
            List.of("type", "event_id", "sender", "origin_server_ts", "room_id", "state_key");

    private final Node root;

    /// The wanted members of an object; a node without children wants the whole value.
    private record Node(Map<String, Node> children) {
        boolean isWhole() {
            return children.isEmpty();
        }
    }

    private EventFields(Node root) {
        this.root = root;
    }

    /// The fields at these dotted paths; all when there are none.
    public static EventFields of(List<String> paths) {
        if (paths.isEmpty()) {
            return ALL;
        }
        Node root = new Node(new HashMap<>());
        KEPT.forEach(name -> add(root, List.of(name)));
        for (String path : paths) {
            List<String> names = PropertyPath.parse(path).names();
            // No event has anything deeper, and a bounded tree can be walked by recursion.
            if (names.size() <= JsonReader.DEPTH_MAX) {
                add(root, names);
            }
        }
        return new EventFields(root);
    }

    private static void add(Node root, List<String> names) {
        Node node = root;
        boolean fresh = false;
        for (String name : names) {
            Node child = node.children.get(name);
            if (child == null) {
                child = new Node(new HashMap<>());
                node.children.put(name, child);
                fresh = true;
            } else if (child.isWhole() && !fresh) {
                return; // all of it is wanted already
            }
            node = child;
        }
        node.children.clear();
    }

    /// Whether all fields are wanted.
    public boolean includesAll() {
        return root.isWhole();
    }

    /// What of `event` is wanted.
    public JsonObject trim(JsonObject event) {
        if (includesAll()) {
            return event;
        }
        JsonObject trimmed = trim(event, root);
        return event.has("content") && !trimmed.has("content")
                ? trimmed.with("content", JsonObject.EMPTY)
                : trimmed;
    }

    private static JsonObject trim(JsonObject object, Node wanted) {
        var trimmed = JsonObject.builder();
        object.members()
                .forEach((name, value) -> trimmed.putIfPresent(name, trim(name, value, wanted)));
        return trimmed.build();
    }

    private static @Nullable JsonValue trim(String name, JsonValue value, Node wanted) {
        Node child = wanted.children.get(name);
        if (child == null) {
            return null;
        }
        if (child.isWhole()) {
            return value;
        }
        if (value instanceof JsonObject inner) {
            JsonObject rest = trim(inner, child);
            return rest.isEmpty() ? null : rest;
        }
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventFields fields && fields.root.equals(root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }
}
