package chat.hearth.storage.jdbc;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomAlias;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.storage.Direction;
import chat.hearth.storage.FollowingBans;
import chat.hearth.storage.Highlight;
import chat.hearth.storage.Receipt;
import chat.hearth.storage.Relation;
import chat.hearth.storage.StateEntries;
import chat.hearth.storage.StoredAlias;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.Stores;
import chat.hearth.storage.TimelineQuery;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/// What is asked of a database of [CostTables]: each statement at least once, where the most of its
/// table lies around what it wants.
final class CostCases {
    static final long FAR = 99_999_999;
    private static final Set<Membership> ANY = EnumSet.allOf(Membership.class);
    private static final Set<Membership> JOINED = Set.of(Membership.JOIN);
    static final String READ = "m.read";

    private final Map<String, Case> cases = new LinkedHashMap<>();

    /// One thing that is asked.
    interface Case {
        void run(Stores stores, JdbcTransaction tx, CostScale scale);
    }

    private CostCases() {}

    /// All cases by their names.
    static Map<String, Case> all() {
        var all = new CostCases();
        all.events();
        all.timelines();
        all.states();
        all.rooms();
        all.memberships();
        all.ofEvents();
        all.receipts();
        all.cases.putAll(UnreadCostCases.all());
        all.cases.putAll(AccountCostCases.all());
        return all.cases;
    }

    private void events() {
        add("head", (_, tx, _) -> tx.sql().first(StreamHead.READ, Binding.NONE, StreamHead::of));
        add("append", (stores, tx, _) -> StoredEvents.append(stores, tx, "$new"));
        add(
                "append to a thread",
                (s, tx, at) -> s.events().append(tx, inThread(tx.nextPosition(), at)));
        add("redact", (s, tx, _) -> s.events().redact(tx, 20, 22, 0, bytes(1), bytes(1)));
        add("sign", (s, tx, _) -> s.events().changeFederationJson(tx, 20, bytes(1)));
        add("event by id", (s, _, _) -> s.events().byId(event(20)));
        add("events by id", (s, _, _) -> s.events().byIds(List.of(event(20), event(22))));
        add("place of an event", (s, _, _) -> s.events().position(event(20)));
        add("event by position", (s, _, _) -> s.events().byPosition(20));
        add("events by position", (s, _, at) -> s.events().byPositions(some(at)));
        add("ids of events", (s, _, at) -> s.events().ids(some(at)));
        for (Direction direction : Direction.values()) {
            add(
                    "timeline of a room " + direction,
                    (s, _, at) -> timeline(s, at.hot(), 12, at.last(), direction));
            add(
                    "timeline of a room that grew quiet " + direction,
                    (s, _, at) -> timeline(s, at.quiet(), 0, FAR, direction));
            add(
                    "timeline of a late room " + direction,
                    (s, _, at) -> timeline(s, at.late(), 0, FAR, direction));
            add(
                    "timeline of an empty room " + direction,
                    (s, _, _) -> timeline(s, 1, 0, FAR, direction));
        }
        add("last point", (s, _, at) -> s.events().lastPoint(at.hot(), at.last() - 30));
        add("last point of quiet room", (s, _, at) -> s.events().lastPoint(at.quiet(), FAR));
        add("last point before a room", (s, _, at) -> s.events().lastPoint(at.late(), 20));
    }

    private static void timeline(
            Stores stores, int room, long after, long upTo, Direction direction) {
        stores.events().timeline(new TimelineQuery(room, after, upTo, direction, 20));
    }

    private void timelines() {
        add("latest", (s, _, at) -> s.timelines().latest(eventful(at), 0, FAR, 10));
        add("latest few", (s, _, at) -> s.timelines().latest(eventful(at), FAR - 1, FAR, 1_000));
        add(
                "latest of what is new",
                (s, _, at) -> s.timelines().latest(eventful(at), at.last() - 15, FAR, 1_000));
        add("latest positions", (s, _, at) -> s.timelines().latestPositions(eventful(at), 10));
        add("active", (s, _, at) -> s.timelines().active(eventful(at), 0, FAR));
        add("active lately", (s, _, at) -> s.timelines().active(eventful(at), at.last() - 1, FAR));
        add("last points", (s, _, at) -> s.timelines().lastPoints(eventful(at), FAR));
        add("next points", (s, _, at) -> s.timelines().nextPoints(eventful(at), 0));
        add("next points at the end", (s, _, at) -> s.timelines().nextPoints(eventful(at), FAR));
    }

    private void states() {
        add(
                "add state",
                (s, tx, at) -> s.states().add(tx, at.hot(), version(at), StateEntries.of(1, 2)));
        add("load state", (s, _, at) -> s.states().load(version(at)));
        add("load states", (s, _, at) -> s.states().load(new long[] {version(at), 1}));
        add(
                "places of states",
                (s, _, at) -> s.states().positions(new long[] {version(at), version(at) - 1}, 1));
        add("latest state", (s, _, _) -> s.states().latest());
        add("collect states", (s, tx, at) -> s.states().collect(tx, at.n() - 10, at.n() + 20, 99));
        add("collect some", (s, tx, at) -> s.states().collect(tx, 0, at.n(), 10));
    }

    private void rooms() {
        add(
                "create room",
                (s, tx, _) -> s.rooms().create(tx, new RoomId("!new:x"), RoomVersion.V11, 1));
        add("room by id", (s, _, at) -> s.rooms().find(roomId(at.hot())));
        add("room by number", (s, _, at) -> s.rooms().find(at.hot()));
        add("rooms by number", (s, _, at) -> s.rooms().find(eventful(at)));
        add("listed rooms", (s, _, _) -> s.rooms().listed(0, 100));
        add("all rooms", (s, _, _) -> s.rooms().all(5, 10));
        add("change state", (s, tx, at) -> s.rooms().changeCurrentState(tx, at.hot(), 5));
        add(
                "change extremities",
                (s, tx, at) -> s.rooms().changeExtremities(tx, at.hot(), List.of(1L, 2L)));
        add("list a room", (s, tx, at) -> s.rooms().list(tx, at.hot(), true));
        add("aliases of a room", (s, _, at) -> s.aliases().ofRoom(at.hot(), 10));
        add("alias", (s, _, _) -> s.aliases().find(new RoomAlias("#z1:example.org")));
        add("add alias", (s, tx, at) -> s.aliases().add(tx, alias("#new:example.org", at.hot())));
        add(
                "remove alias",
                (s, tx, at) -> s.aliases().remove(tx, alias("#z2:example.org", at.hot())));
        add("begin a run", (s, tx, _) -> s.runs().begin(tx, "next"));
        add("runs", (s, _, _) -> s.runs().all());
    }

    private void memberships() {
        for (Membership state : List.of(Membership.JOIN, Membership.LEAVE)) {
            add(
                    "put " + state,
                    (s, tx, at) -> s.memberships().put(tx, member(at.hot(), at.few(), state)));
        }
        add("membership", (s, _, at) -> s.memberships().find(at.hot(), at.busy()));
        add("rooms of a user", (s, _, at) -> s.memberships().ofUser(at.busy(), JOINED, 0, 100));
        add("some rooms of a user", (s, _, at) -> s.memberships().ofUser(at.joiner(), ANY, 3, 10));
        add("no more rooms", (s, _, at) -> s.memberships().ofUser(at.joiner(), ANY, at.n(), 10));
        add(
                "members of rooms",
                (s, _, at) -> s.memberships().ofRooms(new int[] {2, 3, 4}, null, 100));
        add(
                "some members of rooms",
                (s, _, at) -> s.memberships().ofRooms(new int[] {at.hot(), at.big()}, null, 10));
        add(
                "the last members of rooms",
                (s, _, at) ->
                        s.memberships()
                                .ofRooms(
                                        new int[] {at.hot(), at.hot() + 3, 5, at.hot() + 4},
                                        member(at.hot(), at.n() - 15, Membership.LEAVE),
                                        20));
        add("changed", (s, _, at) -> s.memberships().changed(at.busy(), at.recent() - 1, FAR, 99));
        add("unchanged", (s, _, at) -> s.memberships().changed(at.joiner(), FAR, FAR + 1, 99));
        add(
                "joined members",
                (s, _, at) -> s.memberships().joined(new int[] {at.hot(), at.big(), 1}));
        add("share a room", (s, _, at) -> s.memberships().shareRoom(at.few(), at.joiner()));
        add("guests among users", (s, _, at) -> s.guests().among(new int[] {1, at.n(), at.hot()}));
        add("close to guests", (s, tx, at) -> s.guests().close(tx, at.hot(), 5));
        add("closed to guests", (s, _, at) -> s.guests().closedAt(at.hot()));
        add("rooms closed to guests", (s, _, _) -> s.guests().closed(5, 10));
        add("note bans", (s, tx, at) -> s.bans().note(tx, new FollowingBans(at.hot(), 1, 1, 5)));
        add("bans on their way", (s, _, at) -> s.bans().find(at.hot()));
        add("all bans on their way", (s, _, _) -> s.bans().following(5, 10));
        add("bans arrived", (s, tx, at) -> s.bans().arrived(tx, at.hot()));
        add("no guests left", (s, tx, at) -> s.guests().empty(tx, at.hot(), at.hot()));
    }

    private void ofEvents() {
        add(
                "add relation",
                (s, tx, at) ->
                        s.relations()
                                .add(tx, new Relation(11, "m.thread", null, at.busy(), 3), READ));
        add("remove relation", (s, tx, at) -> s.relations().remove(tx, 11, at.last()));
        for (long target : new long[] {11, 13, 15, 17}) {
            add(
                    "find relation to " + target,
                    (s, _, at) ->
                            s.relations()
                                    .find(target, "m.annotation", at.busy(), "m.reaction", "k"));
        }
        for (Direction direction : Direction.values()) {
            add(
                    "relations " + direction,
                    (s, _, at) -> s.relations().of(11, at.n(), direction, 10));
            add(
                    "relations of a type " + direction,
                    (s, _, at) ->
                            s.relations()
                                    .of(
                                            11,
                                            "m.annotation",
                                            direction == Direction.FORWARD ? 0 : FAR,
                                            direction,
                                            20));
        }
        add("count relations", (s, _, _) -> s.relations().count(11, "m.annotation", 100));
        add(
                "add highlight",
                (s, tx, at) -> s.highlights().add(tx, new Highlight(at.few(), at.hot(), 12, 0)));
        add("highlights", (s, _, at) -> s.highlights().of(at.busy(), at.hot(), 40, 10));
        add("highlights among", (s, _, at) -> s.highlights().among(at.busy(), some(at)));
        add("clear highlights", (s, tx, at) -> s.highlights().clear(tx, at.busy(), at.hot(), 30));
        add(
                "clear highlights of a thread",
                (s, tx, at) -> s.highlights().clearThread(tx, at.busy(), at.hot(), 15, FAR));
    }

    private void receipts() {
        add(
                "put receipt",
                (s, tx, at) ->
                        s.receipts()
                                .put(tx, new Receipt(at.hot(), at.busy(), READ, "", 20, 1, FAR)));
        add("receipt", (s, _, at) -> s.receipts().find(at.hot(), at.busy(), READ, ""));
        add("receipts of a user", (s, _, at) -> s.receipts().ofUser(at.late(), at.busy(), 100));
        add("receipts in rooms", (s, _, at) -> s.receipts().ofUser(eventful(at), at.busy(), 100));
        add(
                "moved for a reader",
                (s, _, at) ->
                        s.receipts()
                                .changedFor(
                                        eventful(at), at.busy(), READ, at.recent() + 1, FAR, 100));
        add(
                "moved for a reader of many",
                (s, _, at) ->
                        s.receipts()
                                .changedFor(
                                        new int[] {at.big()},
                                        at.busy(),
                                        READ,
                                        at.recent(),
                                        FAR,
                                        9));
        add(
                "receipts active",
                (s, _, at) -> s.receipts().active(eventful(at), at.busy(), READ, 0, FAR));
        add(
                "receipts active lately",
                (s, _, at) -> s.receipts().active(eventful(at), at.busy(), READ, FAR, FAR + 1));
    }

    private void add(String name, Case asked) {
        if (cases.put(name, asked) != null) {
            throw new IllegalStateException("Two cases are called " + name);
        }
    }

    static int[] eventful(CostScale at) {
        return new int[] {at.hot(), at.quiet(), at.late(), 1};
    }

    private static StoredEvent inThread(long position, CostScale at) {
        long root = at.calm() + 1;
        return new StoredEvent(
                position,
                at.lively(),
                new EventId("$new"),
                1,
                "m.room.message",
                0,
                1,
                StoredEvent.NOTIFIES,
                1,
                root,
                0,
                0,
                bytes(1),
                bytes(1),
                0);
    }

    static long[] some(CostScale at) {
        return LongStream.range(0, 10).map(i -> 12 + 2 * (at.n() / 4 + i)).toArray();
    }

    /// A version that rests on four others.
    private static long version(CostScale at) {
        return 60L * (at.n() / 120) + 5;
    }

    private static StoredMembership member(int room, int user, Membership state) {
        return new StoredMembership(room, user, state, FAR, user, false, null);
    }

    private static StoredAlias alias(String alias, int room) {
        return new StoredAlias(new RoomAlias(alias), room, 1, 1);
    }

    static UserId userId(int user) {
        return new UserId("@u" + user + ":example.org");
    }

    static RoomId roomId(int room) {
        return new RoomId("!r" + room + ":example.org");
    }

    private static EventId event(long position) {
        return EventIds.decode(bytes(position));
    }

    /// As [CostTables] makes them.
    static byte[] bytes(long number) {
        return String.format("%032d", number).getBytes(StandardCharsets.US_ASCII);
    }
}
