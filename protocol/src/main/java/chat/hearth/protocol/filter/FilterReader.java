package chat.hearth.protocol.filter;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonBoolean;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One object of a filter, and where it stands, for errors that name the member at fault.
final class FilterReader {
    /// A list in a filter may have this many elements. The specification sets no limit; this is far
    /// above what clients send and bounds what a stored filter costs each sync.
    static final int LIST_MAX = 5_000;

    private final JsonObject object;
    private final String path;

    private FilterReader(JsonObject object, String path) {
        this.object = object;
        this.path = path;
    }

    static FilterReader of(JsonValue json) {
        if (json instanceof JsonObject object) {
            return new FilterReader(object, "");
        }
        throw MatrixException.badJson("The filter must be a JSON object");
    }

    /// The object `name`, an empty one when absent.
    FilterReader inner(String name) {
        return switch (object.value(name)) {
            case null -> new FilterReader(JsonObject.EMPTY, path + name + ".");
            case JsonObject inner -> new FilterReader(inner, path + name + ".");
            case JsonValue _ -> throw bad(name, "an object");
        };
    }

    boolean flag(String name) {
        return switch (object.value(name)) {
            case null -> false;
            case JsonBoolean flag -> flag.value();
            case JsonValue _ -> throw bad(name, "true or false");
        };
    }

    UrlRule url(String name) {
        if (!object.has(name)) {
            return UrlRule.ANY;
        }
        return flag(name) ? UrlRule.WITH_URL : UrlRule.WITHOUT_URL;
    }

    /// The member `limit`. The specification wants it above zero, yet widely used clients send zero
    /// to get no events, so zero is taken at its word.
    int limit() {
        return switch (object.value("limit")) {
            case null -> EventFilter.NO_LIMIT;
            case JsonInteger limit when limit.value() >= 0 ->
                    (int) Math.min(limit.value(), Integer.MAX_VALUE);
            case JsonValue _ -> throw bad("limit", "a non-negative integer");
        };
    }

    List<String> strings(String name) {
        List<String> strings = nullableStrings(name);
        return strings == null ? List.of() : strings;
    }

    @Nullable List<String> nullableStrings(String name) {
        return switch (object.value(name)) {
            case null -> null;
            case JsonArray array when array.size() <= LIST_MAX ->
                    array.strings().orElseThrow(() -> bad(name, "a list of strings"));
            case JsonArray _ -> throw bad(name, "a list of at most " + LIST_MAX + " elements");
            case JsonValue _ -> throw bad(name, "a list of strings");
        };
    }

    IdSelection users(String only, String not) {
        return ids(only, not, UserId::isValid, "a list of user ids");
    }

    IdSelection rooms(String only, String not) {
        return ids(only, not, RoomId::isValid, "a list of room ids");
    }

    private IdSelection ids(String only, String not, Predicate<String> valid, String wanted) {
        List<String> onlyIds = nullableStrings(only);
        List<String> notIds = strings(not);
        if (onlyIds != null && !onlyIds.stream().allMatch(valid)) {
            throw bad(only, wanted);
        }
        if (!notIds.stream().allMatch(valid)) {
            throw bad(not, wanted);
        }
        if (onlyIds == null && notIds.isEmpty()) {
            return IdSelection.ALL;
        }
        return new IdSelection(onlyIds == null ? null : unique(onlyIds), unique(notIds));
    }

    private static Set<String> unique(List<String> ids) {
        return Set.copyOf(ids);
    }

    EventFormat eventFormat() {
        return switch (object.value("event_format")) {
            case null -> EventFormat.CLIENT;
            case JsonString format when format.value().equals("client") -> EventFormat.CLIENT;
            case JsonString format when format.value().equals("federation") ->
                    EventFormat.FEDERATION;
            case JsonValue _ -> throw bad("event_format", "\"client\" or \"federation\"");
        };
    }

    EventFields eventFields() {
        return EventFields.of(strings("event_fields"));
    }

    private MatrixException bad(String name, String wanted) {
        return MatrixException.badJson("The filter's " + path + name + " must be " + wanted);
    }
}
