package chat.hearth.rooms.presence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {
    private final Deadlines deadlines = new Deadlines();

    @Test
    void onlyThoseWhoseTimeHasComeAreTakenTheEarliestFirst() {
        IntStream.range(0, 1_000).forEach(user -> deadlines.noLaterThan(1_000 + user, user));

        assertEquals(List.of(), deadlines.reached(999));
        assertEquals(List.of(0, 1, 2), deadlines.reached(1_002));
        assertEquals(List.of(3), deadlines.reached(1_003));
    }

    @Test
    void aTimeIsMovedForwardsOnlyAndTakenOnce() {
        deadlines.noLaterThan(50, 1);
        deadlines.noLaterThan(90, 1);
        deadlines.noLaterThan(30, 2);
        deadlines.noLaterThan(20, 2);
        deadlines.noLaterThan(40, 3);
        deadlines.forget(3);

        assertEquals(List.of(2), deadlines.reached(20));
        assertEquals(List.of(1), deadlines.reached(100));
        assertEquals(List.of(), deadlines.reached(100));
    }
}
