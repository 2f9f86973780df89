package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.RoomAlias;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.storage.Direction;
import chat.hearth.storage.Highlight;
import chat.hearth.storage.Receipt;
import chat.hearth.storage.Relation;
import chat.hearth.storage.Run;
import chat.hearth.storage.RunStore;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StoredAlias;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.StoredPresence;
import chat.hearth.storage.StoredRoom;
import chat.hearth.storage.TimelineQuery;
import chat.hearth.storage.Write;
import chat.hearth.storage.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the stores of rooms and their users give back is what was put in. Tests use rooms and users
/// of their own.
abstract class StoresContract extends OnOneDatabase {
    @Test
    void identifiersKeepTheirNumbers() {
        UserId alice = new UserId("@alice:example.org");
        StateKey member = new StateKey("m.room.member", "@alice:example.org");
        StateKey odd = new StateKey("odd" + NUL, NUL);
        int user = open.write(tx -> stores.identifiers().user(tx, alice));
        int again = open.write(tx -> stores.identifiers().user(tx, alice));
        int[] keys =
                open.write(
                        tx ->
                                new int[] {
                                    stores.identifiers().stateKey(tx, member),
                                    stores.identifiers().stateKey(tx, odd)
                                });
        assertEquals(user, again);
        assertEquals(OptionalInt.of(user), stores.identifiers().findUser(alice));
        assertEquals(List.of(alice, alice), stores.identifiers().users(new int[] {user, user}));
        assertEquals(List.of(member, odd), stores.identifiers().stateKeys(keys));
        assertEquals(OptionalInt.of(keys[1]), stores.identifiers().findStateKey(odd));
        assertThrows(StorageException.class, () -> stores.identifiers().user(1_000_000));
    }

    @Test
    void presenceIsKeptPerUserAndTheLatestToldComesFirst() {
        var first = new StoredPresence(7_001, "online", "at the hearth " + NUL, 5, 10_000_001);
        var second = new StoredPresence(7_002, "unavailable", null, 0, 10_000_002);
        var third = new StoredPresence(7_001, "offline", null, 6, 10_000_003);
        keep(first);
        keep(second);
        assertEquals(List.of(second, first), stores.presence().latest(2));
        keep(third);
        assertEquals(List.of(third, second), stores.presence().latest(2));
        assertEquals(List.of(third), stores.presence().latest(1));
        open.write(
                tx -> {
                    stores.presence().remove(tx, third.user());
                    return 0;
                });
        assertEquals(List.of(second), stores.presence().latest(1));
    }

    private void keep(StoredPresence presence) {
        open.write(
                tx -> {
                    stores.presence().put(tx, presence);
                    return 0;
                });
    }

    @Test
    void runsAreRememberedInOrderAndTheOldestForgotten() {
        long before = open.write(WriteTransaction::nextPosition);
        open.write(
                tx -> {
                    for (int i = 0; i < RunStore.KEPT_MAX; i++) {
                        stores.runs().begin(tx, "quiet" + i);
                    }
                    return 0;
                });
        long later = open.write(WriteTransaction::nextPosition);
        open.write(
                tx -> {
                    stores.runs().begin(tx, "last");
                    return 0;
                });

        List<Run> runs = stores.runs().all();

        assertEquals(RunStore.KEPT_MAX, runs.size());
        assertEquals(new Run("quiet1", before), runs.getFirst());
        assertEquals(new Run("last", later), runs.getLast());
    }

    @Test
    void roomsAndTheirHeads() {
        RoomId id = new RoomId("!rooms:example.org");
        int room = open.write(tx -> stores.rooms().create(tx, id, RoomVersion.V12, 77));
        StoredRoom fresh = new StoredRoom(room, id, RoomVersion.V12, 77, false, 0, List.of());
        assertEquals(fresh, stores.rooms().find(id).orElseThrow());
        open.write(
                tx -> {
                    stores.rooms().changeCurrentState(tx, room, 5);
                    stores.rooms().changeExtremities(tx, room, List.of(7L, -3L));
                    stores.rooms().list(tx, room, true);
                    return 0;
                });
        StoredRoom changed =
                new StoredRoom(room, id, RoomVersion.V12, 77, true, 5, List.of(7L, -3L));
        assertEquals(changed, stores.rooms().find(room).orElseThrow());
        assertTrue(stores.rooms().listed(0, 100).contains(changed));
        assertTrue(stores.rooms().listed(room, 100).isEmpty());
        assertThrows(
                StorageException.class,
                () -> open.write(tx -> stores.rooms().create(tx, id, RoomVersion.V12, 77)));
        assertEquals(id, stores.identifiers().room(room));
    }

    @Test
    void anEventComesBackAsItWasStored() {
        StoredEvent kept =
                open.write(
                        tx -> {
                            var event = StoredEvents.of(tx.nextPosition(), 900, "$whole", 7, 11);
                            stores.events().append(tx, event);
                            return event;
                        });
        StoredEvent found = stores.events().byPosition(kept.position()).orElseThrow();
        assertEquals(StoredEvents.facts(kept), StoredEvents.facts(found));
    }

    @Test
    void eventsComeBackByIdPositionAndAlongTheTimeline() {
        int room = 901;
        List<Long> positions = new ArrayList<>();
        open.write(
                tx -> {
                    for (int i = 0; i < 120; i++) {
                        positions.add(tx.nextPosition());
                        stores.events()
                                .append(tx, StoredEvents.message(positions.get(i), room, "$e" + i));
                    }
                    return 0;
                });
        StoredEvent seventh = stores.events().byId(StoredEvents.id("$e7")).orElseThrow();
        assertEquals(positions.get(7), seventh.position());
        assertArrayEquals(
                StoredEvents.message(seventh.position(), room, "$e7").clientJson(),
                seventh.clientJson());
        assertEquals("m.room.message", seventh.type());
        assertEquals(0, seventh.redactedBy());
        assertEquals(
                OptionalLong.of(positions.get(8)),
                stores.events().position(StoredEvents.id("$e8")));
        long[] wanted = positions.stream().mapToLong(Long::longValue).toArray();
        assertEquals(120, stores.events().byPositions(wanted).size());
        assertEquals(120, stores.events().ids(wanted).size());
        assertEquals(
                List.of(seventh), stores.events().byPositions(new long[] {seventh.position()}));
        assertEquals(positions.reversed().subList(0, 3), positions(TimelineQuery.latest(room, 3)));
        assertEquals(
                positions.subList(5, 8),
                positions(
                        new TimelineQuery(
                                room, positions.get(4), positions.get(7), Direction.FORWARD, 100)));
        assertEquals(
                positions.get(7),
                stores.events().lastPoint(room, positions.get(7)).orElseThrow().position());
        assertTrue(stores.events().lastPoint(room, positions.getFirst() - 1).isEmpty());
    }

    @Test
    void aRedactedEventKeepsItsPlace() {
        byte[] pruned = "{}".getBytes(StandardCharsets.UTF_8);
        long position = open.write(tx -> StoredEvents.append(stores, tx, "$redacted"));
        open.write(
                tx -> {
                    stores.events().redact(tx, position, position + 1, 4, pruned, pruned);
                    return 0;
                });
        StoredEvent redacted = stores.events().byPosition(position).orElseThrow();
        assertEquals(position + 1, redacted.redactedBy());
        assertEquals(4, redacted.flags());
        assertArrayEquals(pruned, redacted.clientJson());
        assertEquals(StoredEvents.id("$redacted"), redacted.eventId());
    }

    @Test
    void membershipsByRoomAndUser() {
        byte[] stripped = "[]".getBytes(StandardCharsets.UTF_8);
        StoredMembership invite =
                new StoredMembership(811, 21, Membership.INVITE, 4, 22, false, stripped);
        open.write(
                tx -> {
                    put(tx, 810, 21, Membership.JOIN, 1);
                    put(tx, 810, 22, Membership.JOIN, 2);
                    put(tx, 810, 23, Membership.LEAVE, 3);
                    stores.memberships().put(tx, invite);
                    put(tx, 810, 23, Membership.BAN, 5);
                    return 0;
                });
        StoredMembership found = stores.memberships().find(811, 21).orElseThrow();
        assertEquals(Membership.INVITE, found.state());
        assertArrayEquals(stripped, found.strippedState());
        assertEquals(Membership.BAN, stores.memberships().find(810, 23).orElseThrow().state());
        Set<Membership> all = EnumSet.allOf(Membership.class);
        assertEquals(2, stores.memberships().ofUser(21, all, 0, 10).size());
        assertEquals(1, stores.memberships().ofUser(21, all, 810, 10).size());
        assertEquals(List.of(810), rooms(stores.memberships().ofUser(21, all, 0, 1)));
        assertEquals(
                List.of(811),
                rooms(stores.memberships().ofUser(21, Set.of(Membership.INVITE), 0, 10)));
        assertEquals(List.of(), stores.memberships().ofUser(21, Set.of(), 0, 10));
        assertEquals(1, stores.memberships().changed(21, 1, 4, 10).size());
        assertTrue(stores.memberships().shareRoom(21, 22));
        assertFalse(stores.memberships().shareRoom(21, 23));
    }

    private static List<Integer> rooms(List<StoredMembership> memberships) {
        return memberships.stream().map(StoredMembership::room).toList();
    }

    @Test
    void relationsOfATarget() {
        long target = open.write(tx -> StoredEvents.append(stores, tx, "$related"));
        long nul = open.write(tx -> StoredEvents.append(stores, tx, "$nul"));
        long edit = open.write(tx -> StoredEvents.append(stores, tx, "$edit"));
        long keyless = open.write(tx -> StoredEvents.append(stores, tx, "$keyless"));
        String type = "m.room.message";
        Relation annotation = new Relation(target, "m.annotation", NUL, 5, nul);
        open.write(
                tx -> {
                    stores.relations().add(tx, annotation, type);
                    stores.relations()
                            .add(tx, new Relation(target, "m.replace", null, 6, edit), type);
                    stores.relations()
                            .add(tx, new Relation(target, "m.annotation", null, 6, keyless), type);
                    return 0;
                });
        assertEquals(
                OptionalLong.of(nul),
                stores.relations().find(target, "m.annotation", 5, type, NUL));
        assertTrue(stores.relations().find(target, "m.annotation", 5, "other", NUL).isEmpty());
        assertTrue(stores.relations().find(target, "m.annotation", 6, type, NUL).isEmpty());
        assertTrue(stores.relations().find(target, "m.annotation", 6, type, "").isEmpty());
        assertTrue(stores.relations().find(target, "unknown", 5, type, NUL).isEmpty());
        assertEquals(
                List.of(keyless, edit),
                stores.relations().of(target, keyless + 1, Direction.BACKWARD, 2).stream()
                        .map(Relation::child)
                        .toList());
        assertEquals(
                List.of(annotation),
                stores.relations().of(target, "m.annotation", 0, Direction.FORWARD, 1));
        assertEquals(2, stores.relations().count(target, "m.annotation", 10));
        open.write(
                tx -> {
                    stores.relations().remove(tx, target, nul);
                    return 0;
                });
        assertEquals(1, stores.relations().count(target, "m.annotation", 10));
    }

    @Test
    void highlightsAreClearedByReading() {
        open.write(
                tx -> {
                    stores.highlights().add(tx, new Highlight(9, 90, 1, 0));
                    stores.highlights().add(tx, new Highlight(9, 90, 2, 1));
                    stores.highlights().add(tx, new Highlight(9, 90, 3, 0));
                    stores.highlights().clearThread(tx, 9, 90, 1, 5);
                    return 0;
                });
        assertEquals(2, stores.highlights().of(9, 90, 0, 10).size());
        open.write(
                tx -> {
                    stores.highlights().clear(tx, 9, 90, 2);
                    return 0;
                });
        assertEquals(List.of(new Highlight(9, 90, 3, 0)), stores.highlights().of(9, 90, 0, 10));
    }

    @Test
    void receiptsMove() {
        Receipt first = new Receipt(60, 6, "m.read", "", 100, 1, 200);
        Receipt moved = new Receipt(60, 6, "m.read", "", 101, 2, 201);
        Receipt threaded = new Receipt(60, 6, "m.read", "main", 101, 2, 202);
        open.write(
                tx -> {
                    stores.receipts().put(tx, first);
                    stores.receipts().put(tx, moved);
                    stores.receipts().put(tx, threaded);
                    return 0;
                });
        assertEquals(moved, stores.receipts().find(60, 6, "m.read", "").orElseThrow());
        assertEquals(List.of(moved, threaded), stores.receipts().ofUser(60, 6, 10));
        assertEquals(
                List.of(threaded),
                stores.receipts().changedFor(new int[] {60}, 1, "m.read", 201, 300, 10));
    }

    @Test
    void ofReceiptsThatMovedAReaderGetsTheOwnAndTheNewestPublicOnes() {
        Receipt own = new Receipt(61, 6, "m.read", "", 100, 1, 200);
        Receipt ownPrivate = new Receipt(61, 6, "m.read.private", "", 100, 1, 201);
        Receipt older = new Receipt(61, 7, "m.read", "", 100, 1, 202);
        Receipt newer = new Receipt(61, 8, "m.read", "", 100, 1, 203);
        Receipt hidden = new Receipt(61, 8, "m.read.private", "", 100, 1, 204);
        Receipt elsewhere = new Receipt(62, 6, "m.read", "", 100, 1, 205);
        open.write(
                tx -> {
                    List.of(own, ownPrivate, older, newer, hidden, elsewhere)
                            .forEach(receipt -> stores.receipts().put(tx, receipt));
                    return 0;
                });
        assertEquals(
                List.of(ownPrivate, own, newer, older),
                stores.receipts().changedFor(new int[] {61}, 6, "m.read", 0, 300, 10));
        assertEquals(
                List.of(ownPrivate, own, newer),
                stores.receipts().changedFor(new int[] {61}, 6, "m.read", 0, 300, 3));
        assertEquals(
                List.of(newer),
                stores.receipts().changedFor(new int[] {61}, 6, "m.read", 202, 203, 3));
    }

    @Test
    void aliasesAreTakenOnce() {
        StoredAlias alias = new StoredAlias(new RoomAlias("#a:example.org"), 50, 5, 1);
        assertTrue(did(tx -> stores.aliases().add(tx, alias)));
        assertFalse(did(tx -> stores.aliases().add(tx, alias)));
        assertEquals(alias, stores.aliases().find(alias.alias()).orElseThrow());
        assertEquals(List.of(alias), stores.aliases().ofRoom(50, 10));
        for (StoredAlias other :
                List.of(
                        new StoredAlias(alias.alias(), 51, 5, 1),
                        new StoredAlias(alias.alias(), 50, 6, 1))) {
            assertFalse(did(tx -> stores.aliases().remove(tx, other)));
        }
        assertTrue(did(tx -> stores.aliases().remove(tx, alias)));
        assertFalse(did(tx -> stores.aliases().remove(tx, alias)));
    }

    @Test
    void aSnapshotDoesNotSeeLaterWrites() {
        open.write(tx -> addFilter(tx, (byte) 1));
        int[] seen =
                stores.snapshot(
                        () -> {
                            int before = stores.filters().count(77);
                            Thread writing =
                                    Thread.ofPlatform()
                                            .start(() -> open.write(tx -> addFilter(tx, (byte) 2)));
                            Threads.join(writing);
                            return new int[] {before, stores.filters().count(77)};
                        });
        assertArrayEquals(new int[] {1, 1}, seen);
        assertEquals(2, stores.filters().count(77));
    }

    private int addFilter(WriteTransaction tx, byte content) {
        return stores.filters().add(tx, 77, new byte[] {content}, 10).orElseThrow();
    }

    /// [OpenDatabase#write] with a type that the assertions can tell apart.
    private boolean did(Write<Boolean> write) {
        return open.write(write);
    }

    private List<Long> positions(TimelineQuery query) {
        return stores.events().timeline(query).stream().map(StoredEvent::position).toList();
    }

    private void put(WriteTransaction tx, int room, int user, Membership state, long position) {
        stores.memberships()
                .put(tx, new StoredMembership(room, user, state, position, user, false, null));
    }
}
