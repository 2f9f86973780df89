package chat.hearth.protocol.push;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One evaluation for a class gives every member what the member's client would work out alone from
/// the rules that it is served.
class NotifyClassTest {
    private static final List<String> USERS = List.of("@a:x", "@b:x", "@c:x", TestEvent.SENDER);
    private static final List<String> EVENTS =
            List.of(
                    "{'type':'m.room.message','content':{'body':'tea time','msgtype':'m.text'}}",
                    "{'type':'m.room.message','content':{'body':'hi Ann','m.mentions':{'user_ids':['@a:x','@c:x']}}}",
                    "{'type':'m.room.message','content':{'body':'cake','m.mentions':{'user_ids':[],'room':true}}}",
                    "{'type':'m.room.member','state_key':'@b:x','content':{'membership':'invite'}}",
                    "{'type':'m.room.encrypted','content':{'m.mentions':{'user_ids':['@b:x']}}}",
                    "{'type':'m.room.message','sender':'@a:x','content':{'body':'Ann','m.mentions':{'user_ids':['@a:x','@b:x']}}}",
                    "{'type':'m.room.tombstone','state_key':'','content':{}}");
    private static final List<String> CONDITIONS =
            List.of(
                    "{'kind':'event_match','key':'content.body','pattern':'t?a'}",
                    "{'kind':'event_match','key':'type','pattern':'M.ROOM.*'}",
                    "{'kind':'contains_display_name'}",
                    "{'kind':'room_member_count','is':'>4'}",
                    "{'kind':'event_property_contains','key':'content.m\\\\.mentions.user_ids','value':'@c:x'}",
                    "{'kind':'sender_notification_permission','key':'room'}",
                    "{'kind':'unheard_of'}");

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_122, -99})
    void aClassDecidesAsItsMembersWould(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 1_500; i++) {
            UserPushRules rules = rules(random);
            JsonObject event = TestEvent.json(pick(random, EVENTS));
            long members = 1L + random.nextInt(6);
            long level = random.nextBoolean() ? 50 : 0;
            NotifyVerdict verdict =
                    NotifyClass.of(rules.classIn(TestEvent.ROOM))
                            .evaluate(
                                    PushEvent.of(new TestEvent(event)),
                                    new RoomFacts(members, level, _ -> 50));
            for (String user : USERS) {
                @Nullable String name = random.nextBoolean() ? "Ann" : null;
                JsonObject served = rules.global(user);
                @Nullable String expected =
                        new Naive(event, user, name, members, level).rule(served);
                PushOutcome outcome = verdict.outcomeFor(new Recipient(user, name));
                assertEquals(expected, outcome.ruleId(), "seed " + seed + ", round " + i);
                if (!verdict.asksDisplayNames()
                        && !user.equals(event.string("sender").orElse(TestEvent.SENDER))) {
                    assertEquals(
                            outcome,
                            verdict.exceptions().getOrDefault(user, verdict.plain()),
                            "seed " + seed + ", round " + i);
                }
            }
        }
    }

    private static UserPushRules rules(Random random) {
        UserPushRules rules = UserPushRules.NONE;
        for (int i = random.nextInt(4); i > 0; i--) {
            RuleKind kind = pick(random, List.of(RuleKind.values()));
            String id =
                    switch (kind) {
                        case ROOM -> random.nextBoolean() ? TestEvent.ROOM : "!other:x";
                        case SENDER -> pick(random, USERS);
                        case OVERRIDE, CONTENT, UNDERRIDE -> "rule" + i;
                    };
            String conditions = pick(random, CONDITIONS) + "," + pick(random, CONDITIONS);
            String actions =
                    random.nextBoolean() ? "['notify']" : "['notify',{'set_tweak':'highlight'}]";
            String body =
                    "{'pattern':'c?ke','conditions':["
                            + conditions
                            + "],'actions':"
                            + actions
                            + "}";
            rules = rules.put(kind, id, TestEvent.json(body), null, null);
            if (random.nextInt(4) == 0) {
                rules = rules.setEnabled(kind, id, TestEvent.json("{'enabled':false}"));
            }
        }
        if (random.nextInt(10) == 0) {
            rules =
                    rules.setEnabled(
                            RuleKind.OVERRIDE,
                            ".m.rule.master",
                            TestEvent.json("{'enabled':true}"));
        }
        return rules;
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /// The rules as a client reads them, without any of the code under test.
    private record Naive(
            JsonObject event, String user, @Nullable String name, long members, long level) {
        @Nullable String rule(JsonObject global) {
            if (event.string("sender").orElse(TestEvent.SENDER).equals(user)) {
                return null;
            }
            for (String kind : List.of("override", "content", "room", "sender", "underride")) {
                for (JsonValue value : global.array(kind).orElseThrow()) {
                    JsonObject rule = (JsonObject) value;
                    if (rule.bool("enabled").orElseThrow() && matches(kind, rule)) {
                        return rule.string("rule_id").orElseThrow();
                    }
                }
            }
            return null;
        }

        private boolean matches(String kind, JsonObject rule) {
            String id = rule.string("rule_id").orElseThrow();
            return switch (kind) {
                case "room" -> id.equals(TestEvent.ROOM);
                case "sender" -> id.equals(event.string("sender").orElse(TestEvent.SENDER));
                case "content" -> words(glob(rule.string("pattern").orElseThrow()));
                default ->
                        rule.array("conditions").orElseThrow().values().stream()
                                .allMatch(each -> holds((JsonObject) each));
            };
        }

        private boolean holds(JsonObject condition) {
            String key = condition.string("key").orElse("");
            JsonValue found = find(key);
            return switch (condition.string("kind").orElseThrow()) {
                case "event_match" -> eventMatch(key, condition.string("pattern").orElseThrow());
                case "event_property_is" -> found != null && found.equals(condition.value("value"));
                case "event_property_contains" ->
                        found instanceof JsonArray array
                                && array.values().contains(condition.value("value"));
                case "contains_display_name" -> name != null && words(Pattern.quote(name));
                case "room_member_count" ->
                        condition.string("is").orElseThrow().equals("2")
                                ? members == 2
                                : members > 4;
                case "sender_notification_permission" -> level >= 50;
                default -> false;
            };
        }

        private boolean eventMatch(String key, String pattern) {
            if (key.equals("content.body")) {
                return words(glob(pattern));
            }
            return find(key) instanceof JsonString text
                    && Pattern.compile(glob(pattern), Pattern.CASE_INSENSITIVE)
                            .matcher(text.value())
                            .matches();
        }

        private boolean words(String regex) {
            String body = content().string("body").orElse(null);
            String words = "(^|.*[^A-Za-z0-9_])" + regex + "($|[^A-Za-z0-9_].*)";
            return body != null
                    && Pattern.compile(words, Pattern.CASE_INSENSITIVE).matcher(body).matches();
        }

        private @Nullable JsonValue find(String key) {
            return switch (key) {
                case "content.m\\.mentions.user_ids" -> mentions().value("user_ids");
                case "content.m\\.mentions.room" -> mentions().value("room");
                case "content.m\\.relates_to.rel_type", "" -> null;
                default ->
                        key.startsWith("content.")
                                ? content().value(key.substring("content.".length()))
                                : event.value(key);
            };
        }

        private JsonObject content() {
            return event.object("content").orElseThrow();
        }

        private JsonObject mentions() {
            return content().object("m.mentions").orElse(JsonObject.EMPTY);
        }

        private static String glob(String pattern) {
            return Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        }
    }
}
