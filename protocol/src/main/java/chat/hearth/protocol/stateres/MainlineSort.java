package chat.hearth.protocol.stateres;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.json.CanonicalJson;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/// The *mainline ordering* based on a power levels event: events come in the order of the power
/// levels, along the history of that event, under which they were sent, then by age.
///
/// See [Definitions](https://spec.matrix.org/v1.19/rooms/v2/#definitions).
final class MainlineSort {
    /// The position of what goes back to no event of the mainline.
    private static final int NOWHERE = Integer.MAX_VALUE;

    private static final Comparator<Placed> ORDER =
            Comparator.comparingInt(Placed::position)
                    .reversed()
                    .thenComparingLong(placed -> placed.event().originServerTs())
                    .thenComparing(
                            placed -> placed.event().eventId().value(),
                            CanonicalJson.CODE_POINT_ORDER);

    private final EventGraph graph;
    private final int powerLevelsKey;

    /// The position of a power levels event: its place in the mainline, or that of the event of the
    /// mainline that it goes back to.
    private final Map<Long, Integer> positions = new HashMap<>();

    /// Starts from a power levels event, or from [StateMap#NONE], whose mainline is empty.
    MainlineSort(EventGraph graph, long powerLevels) {
        this.graph = graph;
        this.powerLevelsKey = graph.stateKey(EventTypes.POWER_LEVELS, "");
        for (long event = powerLevels; event != StateMap.NONE; event = powerLevelsOf(event)) {
            positions.put(event, positions.size());
        }
    }

    /// The events in this order.
    long[] sort(long[] events) {
        return Arrays.stream(events)
                .mapToObj(event -> new Placed(event, graph.event(event), position(event)))
                .sorted(ORDER)
                .mapToLong(Placed::number)
                .toArray();
    }

    private int position(long event) {
        var passed = new NumberSet();
        long at = powerLevelsOf(event);
        while (at != StateMap.NONE && !positions.containsKey(at)) {
            passed.add(at);
            at = powerLevelsOf(at);
        }
        int position = positions.getOrDefault(at, NOWHERE);
        for (int i = 0; i < passed.size(); i++) {
            positions.put(passed.at(i), position);
        }
        return position;
    }

    // The power levels event among the auth events.
    private long powerLevelsOf(long event) {
        if (powerLevelsKey == EventGraph.UNKNOWN_KEY) {
            return StateMap.NONE;
        }
        for (long cited : graph.authEvents(event)) {
            if (graph.stateKey(cited) == powerLevelsKey) {
                return cited;
            }
        }
        return StateMap.NONE;
    }

    private record Placed(long number, Event event, int position) {}
}
