package chat.hearth.protocol.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.room.RoomVersionRules;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every room version has the rules that its page of the specification prints, under the numbers
/// that it prints.
class AuthRuleNumbersTest {
    /// Pages print the rules of an earlier version where nothing changed.
    private static final Map<String, String> PAGES = Map.of("2", "1", "4", "3", "5", "3", "9", "8");

    /// What older pages say in fewer or other words than the newest.
    private static final Map<String, String> WORDING =
            Map.ofEntries(
                    Map.entry(" is higher than ", " is greater than "),
                    Map.entry("allow..", "allow."),
                    Map.entry("If `users` property", "If the `users` property"),
                    Map.entry("If `content` has `third", "If `content` has a `third"),
                    Map.entry("server` property:", "server` key:"),
                    Map.entry(" (or a string that is an integer)", ""),
                    Map.entry("`invite` or `join`.", "`invite`, `join`, or `knock`."),
                    Map.entry("`invite` then allow if", "`invite` or `knock` then allow if"),
                    Map.entry(
                            "other than `knock`, reject",
                            "other than `knock` or `knock_restricted`, reject"),
                    Map.entry("is `restricted`:", "is `restricted` or `knock_restricted`:"),
                    Map.entry("the sender of the `m.room.create`, allow", "the creator, allow"),
                    Map.entry(
                            "the `events` property:",
                            "the `events` or `notifications` properties:"),
                    Map.entry("changed in the `events`", "changed in, the `events`"));

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void rulesAreThoseOfTheSpecification(RoomVersion version) throws IOException {
        RoomVersionRules rules = version.rules();
        List<String> ours =
                Arrays.stream(AuthRule.values())
                        .filter(rule -> rule.isIn(rules))
                        .map(rule -> rule.number(rules) + " " + inOneWording(rule.text()))
                        .toList();
        assertEquals(
                String.join("\n", printed(PAGES.getOrDefault(version.id(), version.id()))),
                String.join("\n", ours));
    }

    private static List<String> printed(String page) throws IOException {
        try (var in = AuthRuleNumbersTest.class.getResourceAsStream("auth-rules.tsv")) {
            return new String(requireNonNull(in).readAllBytes(), UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .filter(fields -> fields[0].equals(page))
                    .map(fields -> fields[1] + " " + inOneWording(fields[2]))
                    .toList();
        }
    }

    private static String inOneWording(String text) {
        String result = text;
        for (Map.Entry<String, String> wording : WORDING.entrySet()) {
            result = result.replace(wording.getKey(), wording.getValue());
        }
        return result;
    }
}
