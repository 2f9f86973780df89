package chat.hearth.protocol.push;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import com.code_intelligence.jazzer.junit.FuzzTest;

/// Whatever a client puts as a rule is refused as a client may see it, or stored, read back the
/// same, and evaluated.
class PushRulesFuzzTest {
    @FuzzTest
    void anyBodyMakesARuleOrARefusal(byte[] bytes) {
        try {
            JsonObject body = JsonReader.readObject(bytes);
            for (RuleKind kind : RuleKind.values()) {
                check(kind, body);
            }
        } catch (JsonException notJson) {
            // The reader's refusal; not the rules' business.
            assertEquals(JsonException.class, notJson.getClass());
        }
    }

    private static void check(RuleKind kind, JsonObject body) {
        UserPushRules rules;
        try {
            rules = UserPushRules.NONE.put(kind, "fuzz", body, null, null);
        } catch (MatrixException refused) {
            assertEquals(400, refused.status());
            return;
        }
        assertEquals(rules, UserPushRules.parse(rules.toJson()));
        rules.rulesets("@a:x");
        NotifyClass.of(rules)
                .evaluate(TestEvent.message("fuzz"), new RoomFacts(3, 0, _ -> 50))
                .outcomeFor(new Recipient("@a:x", "fuzz"));
    }
}
