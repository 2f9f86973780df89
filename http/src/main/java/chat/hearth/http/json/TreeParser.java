package chat.hearth.http.json;

import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonBoolean;
import chat.hearth.protocol.json.JsonNull;
import chat.hearth.protocol.json.JsonNumber;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Walks a tree that the strict reader produced, as JSON-B expects to walk a text. So JSON-B never
/// reads a text of its own, and sees nothing that the strict reader refuses.
final class TreeParser implements JsonParser {
    private final Deque<Level> levels = new ArrayDeque<>();
    private JsonValue current;
    private @Nullable String name;
    private boolean begun;

    TreeParser(JsonObject root) {
        this.current = root;
    }

    /// A container that is being walked.
    private record Level(
            @Nullable Iterator<Map.Entry<String, JsonValue>> members,
            @Nullable Iterator<JsonValue> elements) {
        boolean hasNext() {
            return members != null ? members.hasNext() : elements != null && elements.hasNext();
        }
    }

    /// Where the parser stands: at a value. JSON-B hands its own readers a wrapped parser, through
    /// which only this passes.
    record Position(JsonValue value) implements JsonLocation {
        @Override
        public long getLineNumber() {
            return -1;
        }

        @Override
        public long getColumnNumber() {
            return -1;
        }

        @Override
        public long getStreamOffset() {
            return -1;
        }
    }

    @Override
    public boolean hasNext() {
        return !begun || !levels.isEmpty();
    }

    @Override
    public Event next() {
        if (!begun) {
            begun = true;
            return enter(current);
        }
        Level level = levels.peek();
        if (level == null) {
            throw new NoSuchElementException("The tree has ended");
        }
        if (name != null) {
            name = null;
            return enter(current);
        }
        if (!level.hasNext()) {
            levels.pop();
            return level.members() != null ? Event.END_OBJECT : Event.END_ARRAY;
        }
        if (level.members() != null) {
            Map.Entry<String, JsonValue> member = level.members().next();
            name = member.getKey();
            current = member.getValue();
            return Event.KEY_NAME;
        }
        if (level.elements() == null) {
            throw new IllegalStateException("A level is of members or of elements");
        }
        return enter(level.elements().next());
    }

    private Event enter(JsonValue value) {
        current = value;
        return switch (value) {
            case JsonObject object -> {
                levels.push(new Level(object.members().entrySet().iterator(), null));
                yield Event.START_OBJECT;
            }
            case JsonArray array -> {
                levels.push(new Level(null, array.iterator()));
                yield Event.START_ARRAY;
            }
            case JsonString _ -> Event.VALUE_STRING;
            case JsonNumber _ -> Event.VALUE_NUMBER;
            case JsonBoolean bool -> bool.value() ? Event.VALUE_TRUE : Event.VALUE_FALSE;
            case JsonNull _ -> Event.VALUE_NULL;
        };
    }

    @Override
    public String getString() {
        String key = name;
        if (key != null) {
            return key;
        }
        return switch (current) {
            case JsonString string -> string.value();
            case JsonNumber number -> number.text();
            case JsonObject _, JsonArray _, JsonBoolean _, JsonNull _ ->
                    throw new IllegalStateException("Not at a string or number");
        };
    }

    @Override
    public boolean isIntegralNumber() {
        return getBigDecimal().scale() == 0;
    }

    @Override
    public int getInt() {
        return getBigDecimal().intValueExact();
    }

    @Override
    public long getLong() {
        return getBigDecimal().longValueExact();
    }

    @Override
    public BigDecimal getBigDecimal() {
        if (current instanceof JsonNumber number && name == null) {
            return new BigDecimal(number.text());
        }
        throw new IllegalStateException("Not at a number");
    }

    @Override
    public JsonLocation getLocation() {
        return new Position(current);
    }

    @Override
    public void skipObject() {
        levels.pop();
    }

    @Override
    public void skipArray() {
        levels.pop();
    }

    @Override
    public void close() {
        levels.clear();
    }
}
