package chat.hearth.storage.jdbc;

import chat.hearth.storage.Direction;
import chat.hearth.storage.TimelineQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/// What is asked about unread events and outlines of a database of [CostTables], see [CostCases].
final class UnreadCostCases {
    private final Map<String, CostCases.Case> cases = new LinkedHashMap<>();

    private UnreadCostCases() {}

    static Map<String, CostCases.Case> all() {
        var all = new UnreadCostCases();
        all.outlines();
        all.unread();
        return all.cases;
    }

    private void outlines() {
        for (Direction direction : Direction.values()) {
            add(
                    "outlines of a room " + direction,
                    (s, _, at) ->
                            s.outlines()
                                    .timeline(
                                            new TimelineQuery(
                                                    at.hot(), 12, at.last(), direction, 20)));
            add(
                    "outlines of the middle of a room " + direction,
                    (s, _, at) ->
                            s.outlines()
                                    .timeline(
                                            new TimelineQuery(
                                                    at.hot(), at.n(), at.n() + 20, direction, 20)));
            add(
                    "outlines of a late room " + direction,
                    (s, _, at) ->
                            s.outlines()
                                    .timeline(
                                            new TimelineQuery(
                                                    at.late(), 0, CostCases.FAR, direction, 20)));
        }
        add(
                "latest outlines",
                (s, _, at) -> s.outlines().latest(CostCases.eventful(at), 0, CostCases.FAR, 10));
        add(
                "latest outlines of what is new",
                (s, _, at) ->
                        s.outlines()
                                .latest(
                                        CostCases.eventful(at),
                                        at.last() - 15,
                                        CostCases.FAR,
                                        1_000));
        add("outlines at positions", (s, _, at) -> s.outlines().at(CostCases.some(at)));
        add("outlines of redacted events", (s, _, _) -> s.outlines().at(new long[] {14, 16, 18}));
    }

    private void unread() {
        add("following", (s, _, at) -> s.unread().latestAfter(marks(at), CostCases.FAR, 10));
        add(
                "following the last",
                (s, _, at) ->
                        s.unread().latestAfter(new long[] {lateInHot(at)}, CostCases.FAR, 1_000));
        add("running numbers", (s, _, at) -> s.unread().numbers(CostCases.some(at)));
        for (String who : List.of("busy", "few")) {
            ToIntFunction<CostScale> user = who.equals("busy") ? CostScale::busy : CostScale::few;
            add(
                    "unread since for " + who,
                    (s, _, at) -> s.unread().since(marks(at), user.applyAsInt(at), CostCases.FAR));
            add(
                    "unread since lately for " + who,
                    (s, _, at) ->
                            s.unread()
                                    .since(
                                            new long[] {lateInHot(at), lateInLively(at)},
                                            user.applyAsInt(at),
                                            CostCases.FAR));
            add(
                    "unread until early for " + who,
                    (s, _, at) ->
                            s.unread()
                                    .since(
                                            new long[] {13, at.calm() + 2},
                                            user.applyAsInt(at),
                                            at.calm() + 10));
            add(
                    "threads for " + who,
                    (s, _, at) ->
                            s.unread().threads(marks(at), user.applyAsInt(at), CostCases.FAR, 10));
            add(
                    "threads lately for " + who,
                    (s, _, at) ->
                            s.unread()
                                    .threads(
                                            new long[] {lateInHot(at), lateInLively(at)},
                                            user.applyAsInt(at),
                                            CostCases.FAR,
                                            1_000));
            add(
                    "highlighted for " + who,
                    (s, _, at) ->
                            s.unread()
                                    .highlighted(
                                            marks(at), user.applyAsInt(at), CostCases.FAR, 10));
            add(
                    "highlighted lately for " + who,
                    (s, _, at) ->
                            s.unread()
                                    .highlighted(
                                            new long[] {lateInHot(at), lateInLively(at)},
                                            user.applyAsInt(at),
                                            CostCases.FAR,
                                            1_000));
        }
        add("redacted", (s, _, at) -> s.unread().redacted(marks(at), CostCases.FAR, 10));
        add(
                "redacted lately",
                (s, _, at) ->
                        s.unread()
                                .redacted(new long[] {12, lateInLively(at)}, CostCases.FAR, 1_000));
    }

    private void add(String name, CostCases.Case asked) {
        cases.put(name, asked);
    }

    private static long[] marks(CostScale at) {
        return new long[] {1, 12, at.calm() + 1, at.last() - 9};
    }

    /// An event with five after it.
    private static long lateInHot(CostScale at) {
        return 10 + 2L * (at.n() - 5);
    }

    /// An event with nine after it.
    private static long lateInLively(CostScale at) {
        return at.calm() + at.n() - 9;
    }
}
