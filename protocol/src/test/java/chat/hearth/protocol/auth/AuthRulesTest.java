package chat.hearth.protocol.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.room.RoomVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The tables: for every numbered rule of every room version an event that it accepts and one that
/// it rejects. A row of one version is run in every later version that has its rules.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthRulesTest {
    private final List<AuthRow> rows =
            Stream.of(
                            CreateTable.ROWS,
                            AuthEventsTable.ROWS,
                            JoinTable.ROWS,
                            InviteTable.ROWS,
                            DepartureTable.ROWS,
                            KnockTable.ROWS,
                            SendingTable.ROWS,
                            PowerLevelFormTable.ROWS,
                            PowerLevelChangeTable.ROWS,
                            RedactionTable.ROWS)
                    .flatMap(List::stream)
                    .toList();

    Stream<Arguments> rowsByVersion() {
        return Arrays.stream(RoomVersion.values())
                .flatMap(
                        version ->
                                rows.stream()
                                        .filter(row -> row.appliesTo(version))
                                        .map(
                                                row ->
                                                        Arguments.of(
                                                                version,
                                                                nameOf(row, version),
                                                                row)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rowsByVersion")
    void decidesAsTheTableSays(RoomVersion version, String name, AuthRow row) {
        AuthResult result = row.scene().apply(new Scene(version)).judge();
        String expected = (row.allowed() ? "allowed by " : "rejected by ") + row.by();
        assertEquals(expected, inWords(result), name + " in version " + version.id());
    }

    @ParameterizedTest
    @EnumSource(RoomVersion.class)
    void everyRuleHasAnEventThatItAcceptsAndOneThatItRejects(RoomVersion version) {
        Set<AuthRule> accepting = EnumSet.noneOf(AuthRule.class);
        Set<AuthRule> rejecting = EnumSet.noneOf(AuthRule.class);
        for (AuthRow row : rows) {
            if (row.appliesTo(version)) {
                Set<AuthRule> side = row.allowed() ? accepting : rejecting;
                side.add(row.about());
                side.add(row.by());
            }
        }
        var missing = new ArrayList<String>();
        for (AuthRule rule : AuthRule.values()) {
            if (rule.isIn(version.rules()) && decides(rule)) {
                if (!accepting.contains(rule)) {
                    missing.add(rule + " accepts nothing");
                }
                if (!rejecting.contains(rule)) {
                    missing.add(rule + " rejects nothing");
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void aRowIsRunInAtLeastOneVersion() {
        for (AuthRow row : rows) {
            assertEquals(
                    true, Arrays.stream(RoomVersion.values()).anyMatch(row::appliesTo), row.what());
        }
    }

    /// Whether a rule says something of its own and not only "if …:" above others.
    private static boolean decides(AuthRule rule) {
        return !rule.text().endsWith(":") || rule == AuthRule.INVITE_THIRD_PARTY_ALLOWED;
    }

    private static String nameOf(AuthRow row, RoomVersion version) {
        return row.about().number(version.rules())
                + (row.allowed() ? " accepts " : " rejects ")
                + row.what();
    }

    private static String inWords(AuthResult result) {
        return switch (result) {
            case AuthResult.Allowed(AuthRule by) -> "allowed by " + by;
            case AuthResult.Rejected(Rule rule, String detail) -> "rejected by " + rule.id();
        };
    }
}
