package chat.hearth.protocol.json;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Arbitrary JSON from a seed, rich in what goes wrong: escapes, characters outside of the basic
/// plane, empty names, braces and quotes inside of strings.
public final class RandomJson {
    private static final String[] PIECES = {
        "a",
        "b",
        "zz",
        "_",
        "A",
        "0",
        " ",
        "\"",
        "\\",
        "/",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\n",
        "\t",
        "\b",
        "\f",
        "\r",
        "\u0000",
        "\u001f",
        "\u007f",
        "é",
        "日",
        "本",
        "\ue000",
        "\uffff",
        "\ud83d\ude00",
        "\ud800\udc00",
        "content",
        "redacts"
    };

    private final RandomGenerator random;

    /// JSON drawn from `random`.
    public RandomJson(RandomGenerator random) {
        this.random = random;
    }

    /// An object with up to `members` members, nested up to `depth` deep.
    public JsonObject object(int members, int depth) {
        var object = JsonObject.builder();
        int count = random.nextInt(members + 1);
        for (int i = 0; i < count; i++) {
            object.put(text(), value(depth - 1));
        }
        return object.build();
    }

    /// A string of up to five pieces.
    public String text() {
        var text = new StringBuilder();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    /// Any value that canonical JSON allows.
    public JsonValue value(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonBoolean.of(random.nextBoolean());
            case 2 -> new JsonInteger(random.nextInt(2_000) - 1_000);
            case 3 ->
                    new JsonInteger(
                            random.nextLong(-JsonNumber.INTEGER_MAX, JsonNumber.INTEGER_MAX + 1));
            case 4 -> new JsonString(text());
            case 5 -> object(4, depth);
            default -> array(depth);
        };
    }

    private JsonArray array(int depth) {
        List<JsonValue> values = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            values.add(value(depth - 1));
        }
        return new JsonArray(values);
    }
}
