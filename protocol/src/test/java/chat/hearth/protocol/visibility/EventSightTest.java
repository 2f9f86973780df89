package chat.hearth.protocol.visibility;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// [Server behaviour of history
/// visibility](https://spec.matrix.org/v1.19/client-server-api/#server-behaviour-5).
class EventSightTest {
    private static final int LONGEST_HISTORY = 4;

    @ParameterizedTest(name = "{0}, {1}, joins later {2}: {3}")
    @CsvSource({
        "WORLD_READABLE, LEAVE, false, true",
        "WORLD_READABLE, BAN, false, true",
        "SHARED, JOIN, false, true",
        "SHARED, LEAVE, true, true",
        "SHARED, LEAVE, false, false",
        "SHARED, INVITE, false, false",
        "SHARED, INVITE, true, true",
        "SHARED, BAN, true, true",
        "INVITED, INVITE, false, true",
        "INVITED, JOIN, false, true",
        "INVITED, KNOCK, true, false",
        "INVITED, LEAVE, true, false",
        "JOINED, JOIN, false, true",
        "JOINED, INVITE, true, false",
        "JOINED, LEAVE, true, false",
    })
    void plainEventIsSeenByTheFiveRules(
            HistoryVisibility visibility, Membership membership, boolean later, boolean visible) {
        assertEquals(visible, EventSight.of(visibility, membership, later).isVisible());
    }

    @Test
    void changeOfVisibilityIsSeenWhenEitherSideAllowsIt() {
        for (HistoryVisibility other : HistoryVisibility.values()) {
            for (Membership membership : Membership.values()) {
                assertEquals(true, changed(HistoryVisibility.WORLD_READABLE, other, membership));
                assertEquals(true, changed(other, HistoryVisibility.WORLD_READABLE, membership));
            }
        }
        assertEquals(
                false,
                changed(HistoryVisibility.JOINED, HistoryVisibility.SHARED, Membership.LEAVE));
    }

    @Test
    void ownMembershipIsAlwaysSeenWhenItBecomesOrWasJoin() {
        for (HistoryVisibility visibility : HistoryVisibility.values()) {
            for (Membership other : Membership.values()) {
                assertEquals(true, moved(visibility, other, Membership.JOIN));
                assertEquals(true, moved(visibility, Membership.JOIN, other));
            }
        }
        assertEquals(false, moved(HistoryVisibility.JOINED, Membership.LEAVE, Membership.INVITE));
    }

    @Test
    void whatIsNotUnderstoodIsShared() {
        assertEquals(HistoryVisibility.SHARED, HistoryVisibility.of(JsonObject.EMPTY));
        assertEquals(
                HistoryVisibility.SHARED,
                HistoryVisibility.of(JsonObject.of("history_visibility", "Joined")));
        assertEquals(
                HistoryVisibility.SHARED,
                HistoryVisibility.of(
                        JsonObject.builder()
                                .put("history_visibility", new JsonInteger(1))
                                .build()));
        for (HistoryVisibility visibility : HistoryVisibility.values()) {
            assertEquals(
                    visibility,
                    HistoryVisibility.of(
                            JsonObject.of(
                                    "history_visibility",
                                    visibility.name().toLowerCase(Locale.ROOT))));
        }
    }

    /// Plays every history of a few steps, each a message, a visibility or a membership of the
    /// user, and asks for each of its events.
    @Test
    void agreesWithTheTextOnEveryShortHistory() {
        List<String> kinds = kindsOfSteps();
        int histories = (int) Math.pow(kinds.size(), LONGEST_HISTORY);
        for (int number = 0; number < histories; number++) {
            var steps = new ArrayList<String>();
            for (int rest = number, i = 0; i < LONGEST_HISTORY; i++, rest /= kinds.size()) {
                steps.add(kinds.get(rest % kinds.size()));
            }
            for (int event = 0; event < steps.size(); event++) {
                assertEquals(
                        VisibilityOracle.maySee(steps, event),
                        sight(steps, event).isVisible(),
                        steps + ", event " + event);
            }
        }
    }

    private static List<String> kindsOfSteps() {
        var kinds = new ArrayList<String>(List.of("message"));
        for (HistoryVisibility visibility : HistoryVisibility.values()) {
            kinds.add("visibility " + visibility.id());
        }
        for (Membership membership : Membership.values()) {
            kinds.add("member " + membership.id());
        }
        return kinds;
    }

    // What the room engine will find in the states around the event.
    private static EventSight sight(List<String> steps, int event) {
        boolean joinsLater = steps.subList(event + 1, steps.size()).contains("member join");
        return new EventSight(
                visibilityAfter(steps.subList(0, event)),
                visibilityAfter(steps.subList(0, event + 1)),
                membershipAfter(steps.subList(0, event)),
                membershipAfter(steps.subList(0, event + 1)),
                joinsLater);
    }

    private static HistoryVisibility visibilityAfter(List<String> steps) {
        var visibility = HistoryVisibility.DEFAULT;
        for (String step : steps) {
            if (step.startsWith("visibility ")) {
                visibility =
                        HistoryVisibility.of(
                                JsonObject.of("history_visibility", step.substring(11)));
            }
        }
        return visibility;
    }

    private static Membership membershipAfter(List<String> steps) {
        var membership = Membership.LEAVE;
        for (String step : steps) {
            if (step.startsWith("member ")) {
                membership = Membership.of(JsonObject.of("membership", step.substring(7)));
            }
        }
        return membership;
    }

    private static boolean changed(
            HistoryVisibility before, HistoryVisibility after, Membership membership) {
        return EventSight.ofVisibilityChange(before, after, membership, false).isVisible();
    }

    private static boolean moved(
            HistoryVisibility visibility, Membership before, Membership after) {
        return EventSight.ofMembershipChange(visibility, before, after, false).isVisible();
    }
}
