package chat.hearth.rooms.history;

import static chat.hearth.rooms.TestRooms.ALICE;
import static chat.hearth.rooms.TestRooms.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.visibility.HistoryVisibility;
import chat.hearth.rooms.TestRooms;
import chat.hearth.rooms.create.Preset;
import chat.hearth.storage.Direction;
import chat.hearth.storage.StoredEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every history visibility with every course that a membership can take: which of the messages,
/// one sent after each step, Bob may see by any way of reading. What is expected is worked out here
/// from the words of the specification, without the server's own rules.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class VisibilityMatrixTest {
    /// What can happen to Bob.
    enum Step {
        INVITE,
        JOIN,
        LEAVE,
        KICK,
        BAN,
        UNBAN
    }

    private static final List<List<Step>> COURSES =
            List.of(
                    List.of(),
                    List.of(Step.INVITE),
                    List.of(Step.INVITE, Step.LEAVE),
                    List.of(Step.INVITE, Step.JOIN),
                    List.of(Step.INVITE, Step.JOIN, Step.LEAVE),
                    List.of(Step.INVITE, Step.JOIN, Step.KICK, Step.INVITE),
                    List.of(Step.INVITE, Step.JOIN, Step.BAN),
                    List.of(Step.INVITE, Step.JOIN, Step.BAN, Step.UNBAN),
                    List.of(
                            Step.INVITE,
                            Step.JOIN,
                            Step.LEAVE,
                            Step.INVITE,
                            Step.JOIN,
                            Step.LEAVE));

    private TestRooms rooms;

    @BeforeAll
    void start(@TempDir Path directory) {
        rooms = TestRooms.sqlite(directory);
        rooms.addAccount(BOB);
    }

    @AfterAll
    void stop() {
        rooms.close();
    }

    static Stream<Arguments> cases() {
        return Stream.of(HistoryVisibility.values())
                .flatMap(v -> COURSES.stream().map(course -> Arguments.of(v, course)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyWayOfReadingShowsWhatTheSpecificationSays(
            HistoryVisibility visibility, List<Step> course) {
        RoomId id = rooms.create(RoomVersion.V12, Preset.PRIVATE_CHAT);
        rooms.state(
                id,
                ALICE,
                "m.room.history_visibility",
                "",
                "{\"history_visibility\":\"" + visibility.id() + "\"}");
        List<EventId> said = new ArrayList<>();
        said.add(rooms.say(id, ALICE, "0").eventId());
        for (Step step : course) {
            take(step, id);
            said.add(rooms.say(id, ALICE, step.name()).eventId());
        }
        Set<EventId> expected = new HashSet<>();
        for (int i = 0; i < said.size(); i++) {
            if (maySee(visibility, course, i)) {
                expected.add(said.get(i));
            }
        }
        var states = rooms.engine().states();
        var reader =
                new RoomReader(
                        rooms.engine().rooms(), rooms.stores(), rooms.engine().gate(), states);
        assertEquals(expected, oneByOne(reader, id, said), "event by event");
        boolean mayOpen =
                visibility == HistoryVisibility.WORLD_READABLE
                        || isIn(course, course.size())
                        || course.contains(Step.JOIN);
        if (!mayOpen) {
            assertThrows(MatrixException.class, () -> reader.open(id, BOB));
            return;
        }
        var history = new RoomHistory(rooms.stores(), states);
        assertEquals(expected, paged(history, reader.open(id, BOB), said), "page by page");
    }

    private void take(Step step, RoomId id) {
        var memberships = rooms.engine().memberships();
        switch (step) {
            case INVITE -> memberships.invite(ALICE, BOB, id, null);
            case JOIN -> rooms.join(BOB, id);
            case LEAVE -> memberships.leave(BOB, id, null);
            case KICK -> memberships.kick(ALICE, BOB, id, null);
            case BAN -> memberships.ban(ALICE, BOB, id, null);
            case UNBAN -> memberships.unban(ALICE, BOB, id, null);
        }
    }

    /// Whether Bob may see the message sent after `steps` steps.
    private static boolean maySee(HistoryVisibility visibility, List<Step> course, int steps) {
        boolean invited = steps > 0 && course.get(steps - 1) == Step.INVITE;
        boolean joinsLater = course.lastIndexOf(Step.JOIN) >= steps;
        return isIn(course, steps)
                || switch (visibility) {
                    case WORLD_READABLE -> true;
                    case SHARED -> joinsLater;
                    case INVITED -> invited;
                    case JOINED -> false;
                };
    }

    private static boolean isIn(List<Step> course, int steps) {
        return steps > 0 && course.get(steps - 1) == Step.JOIN;
    }

    private Set<EventId> oneByOne(RoomReader reader, RoomId id, List<EventId> said) {
        Set<EventId> seen = new HashSet<>();
        for (EventId event : said) {
            try {
                seen.add(reader.event(id, event, BOB).event().eventId());
            } catch (MatrixException e) {
                assertEquals(404, e.status());
            }
        }
        return seen;
    }

    private Set<EventId> paged(RoomHistory history, RoomReading reading, List<EventId> said) {
        Set<EventId> seen = new HashSet<>();
        long upTo = Long.MAX_VALUE;
        while (true) {
            RoomHistory.Page page =
                    history.walk(
                            reading,
                            new RoomHistory.Walk(
                                    0,
                                    upTo,
                                    Direction.BACKWARD,
                                    new PageBudget(2),
                                    RoomHistory.Wanted.ALL,
                                    new Scan(() -> 0, () -> true)));
            page.events().stream().map(StoredEvent::eventId).forEach(seen::add);
            if (page.end().isEmpty()) {
                seen.retainAll(said);
                return seen;
            }
            upTo = page.end().getAsLong();
        }
    }
}
