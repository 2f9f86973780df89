package chat.hearth.rooms.accountdata;

import static chat.hearth.rooms.TestRooms.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.push.RuleKind;
import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.TestRooms;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.AccountDataOutline;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What users keep here for themselves.
abstract class AccountDataContract {
    private static final int GLOBAL = UserAccountData.GLOBAL;

    private TestRooms rooms;
    private int room;
    private int alice;

    abstract TestRooms open();

    @BeforeEach
    void start() {
        rooms = open();
        room = rooms.room(rooms.create(RoomVersion.V12)).number();
        alice = rooms.number(ALICE);
    }

    @AfterEach
    void stop() {
        rooms.close();
    }

    private UserAccountData accountData() {
        return new UserAccountData(rooms.stores(), rooms.database().journal(), _ -> false);
    }

    private RoomTags tags() {
        return new RoomTags(rooms.stores(), rooms.database().journal());
    }

    private StoredPushRules pushRules() {
        return new StoredPushRules(rooms.stores(), rooms.database().journal());
    }

    private StoredFilters filters() {
        return new StoredFilters(rooms.stores(), rooms.database().journal());
    }

    private static JsonObject json(String text) {
        return JsonReader.readObject(text);
    }

    private JsonObject find(int place, String type) {
        return accountData()
                .find(ALICE, alice, place, type)
                .map(JsonReader::readObject)
                .orElseThrow();
    }

    @Test
    void whatWasSetIsThereAfterARestartAndEachPlaceHasItsOwn() {
        accountData().put(alice, GLOBAL, "org.example", json("{\"at\":\"everywhere\"}"));
        accountData().put(alice, room, "org.example", json("{\"at\":\"room\",\"ratio\":0.5}"));
        rooms.reopen();
        assertEquals(json("{\"at\":\"everywhere\"}"), find(GLOBAL, "org.example"));
        assertEquals(json("{\"at\":\"room\",\"ratio\":0.5}"), find(room, "org.example"));
    }

    @Test
    void aChangeIsFoundInItsSpanOfTheStream() {
        long before = rooms.database().journal().announcedPosition();
        accountData().put(alice, GLOBAL, "a", json("{}"));
        long between = rooms.database().journal().announcedPosition();
        accountData().put(alice, room, "b", json("{}"));
        long after = rooms.database().journal().announcedPosition();
        assertEquals(List.of("a", "b"), changed(before, after));
        assertEquals(List.of("b"), changed(between, after));
        assertEquals(List.of(), changed(after, after + 1));
    }

    private List<String> changed(long after, long upTo) {
        return rooms.stores().accountData().changed(alice, after, upTo, 10).stream()
                .map(AccountDataOutline::type)
                .toList();
    }

    @Test
    void onlyShortContentsAreReadWithTheirOutlines() {
        int brackets = "{\"t\":\"\"}".length();
        for (int bytes : List.of(AccountDataOutline.SHORT_BYTES_MAX, 1_025, 65_000)) {
            String text = "x".repeat(bytes - brackets);
            accountData().put(alice, room, "of" + bytes, json("{\"t\":\"" + text + "\"}"));
        }
        var store = rooms.stores().accountData();
        for (List<AccountDataOutline> found :
                List.of(
                        store.outlines(alice, room, 10),
                        store.changed(alice, 0, Long.MAX_VALUE, 10))) {
            assertEquals(
                    List.of("of1024 1024 true", "of1025 1025 false", "of65000 65000 false"),
                    found.stream()
                            .map(
                                    each ->
                                            each.type()
                                                    + " "
                                                    + each.bytes()
                                                    + " "
                                                    + (each.content() != null))
                            .sorted()
                            .toList());
        }
        assertEquals(2, store.outlines(alice, room, 2).size());
    }

    @Test
    void pushRulesAppearWholeAndAlways() {
        JsonObject defaults = UserPushRules.NONE.rulesets(ALICE.value());
        assertEquals(defaults, find(GLOBAL, "m.push_rules"));
        assertEquals(List.of("m.push_rules"), types(GLOBAL));
        long before = rooms.database().journal().announcedPosition();
        pushRules()
                .change(
                        alice,
                        rules ->
                                rules.put(
                                        RuleKind.CONTENT,
                                        "cake",
                                        json("{\"actions\":[\"notify\"],\"pattern\":\"cake\"}"),
                                        null,
                                        null));
        rooms.reopen();
        JsonObject changed = pushRules().of(alice).rulesets(ALICE.value());
        assertFalse(changed.equals(defaults));
        assertEquals(changed, find(GLOBAL, "m.push_rules"));
        assertEquals(List.of("m.push_rules"), changed(before, Long.MAX_VALUE));
        assertEquals(List.of("m.push_rules"), types(GLOBAL));
    }

    private List<String> types(int place) {
        return accountData().of(ALICE, alice, place).stream().map(AccountData::type).toList();
    }

    @Test
    void aPushRuleThatIsSetToWhatItIsIsNotWritten() {
        long before = rooms.database().journal().announcedPosition();
        pushRules()
                .change(
                        alice,
                        rules ->
                                rules.setEnabled(
                                        RuleKind.OVERRIDE,
                                        ".m.rule.master",
                                        json("{\"enabled\":false}")));
        assertEquals(before, rooms.database().journal().announcedPosition());
    }

    @Test
    void tagsOfSeveralDevicesAtOnceAreAllThere() throws Exception {
        Set<String> wanted = new TreeSet<>();
        try (var devices = Executors.newFixedThreadPool(4)) {
            List<Future<?>> puts = new ArrayList<>();
            for (int i : IntStream.range(0, 24).toArray()) {
                wanted.add("u.tag" + i);
                JsonObject info = json("{\"order\":0." + i + "}");
                puts.add(devices.submit(() -> tags().put(alice, room, "u.tag" + i, info)));
            }
            for (Future<?> put : puts) {
                join(put);
            }
        }
        rooms.reopen();
        assertEquals(wanted, new TreeSet<>(tags().of(alice, room).names()));
        assertEquals(tags().of(alice, room), find(room, "m.tag").object("tags").orElseThrow());
        tags().remove(alice, room, "u.tag3");
        assertFalse(tags().of(alice, room).has("u.tag3"));
        assertEquals(wanted.size() - 1, tags().of(alice, room).size());
    }

    private static void join(Future<?> put) throws InterruptedException {
        try {
            put.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void removingATagThatIsNotThereWritesNothing() {
        long before = rooms.database().journal().announcedPosition();
        tags().remove(alice, room, "u.none");
        assertEquals(before, rooms.database().journal().announcedPosition());
        assertTrue(tags().of(alice, room).isEmpty());
    }

    @Test
    void aFilterComesBackAndEqualOnesAreKeptOnce() {
        String id = filters().add(alice, json("{\"room\":{\"timeline\":{\"limit\":5}},\"x\":1}"));
        String again =
                filters().add(alice, json("{\"x\":1,\"room\":{\"timeline\":{\"limit\":5}}}"));
        String other = filters().add(alice, json("{}"));
        rooms.reopen();
        assertEquals(id, again);
        assertFalse(id.equals(other));
        assertEquals(
                json("{\"room\":{\"timeline\":{\"limit\":5}},\"x\":1}"),
                JsonReader.readObject(filters().find(alice, id).orElseThrow()));
        assertTrue(filters().find(alice + 1, id).isEmpty());
    }

    @Test
    void oneFilterTooManyIsRefusedAndOldOnesStillWork() {
        for (int i = 0; i < StoredFilters.FILTERS_MAX; i++) {
            filters().add(alice, json("{\"n\":" + i + "}"));
        }
        MatrixException refused =
                assertThrows(
                        MatrixException.class, () -> filters().add(alice, json("{\"n\":\"x\"}")));
        assertEquals(ErrCode.M_FORBIDDEN, refused.errCode());
        assertEquals("1", filters().add(alice, json("{\"n\":0}")));
    }

    @Test
    void whoHasTooManyFiltersUndoesNobodysWrites() throws Exception {
        for (int i = 1; i < StoredFilters.FILTERS_MAX; i++) {
            filters().add(alice, json("{\"n\":" + i + "}"));
        }
        long failed = rooms.database().metrics().failedWrites().sum();
        List<String> outcomes = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<String>> added =
                    IntStream.range(0, 40)
                            .mapToObj(i -> threads.submit(() -> outcomeOfAdding("late" + i)))
                            .toList();
            for (Future<String> each : added) {
                outcomes.add(each.get());
            }
        }

        assertEquals(1, outcomes.stream().filter(outcome -> outcome.equals("added")).count());
        assertEquals(39, outcomes.stream().filter(ErrCode.M_FORBIDDEN.name()::equals).count());
        assertEquals(StoredFilters.FILTERS_MAX, rooms.stores().filters().count(alice));
        assertEquals(failed, rooms.database().metrics().failedWrites().sum());
        assertEquals(0, rooms.database().metrics().rolledBackBatches().sum());
    }

    private String outcomeOfAdding(String name) {
        try {
            filters().add(alice, json("{\"n\":\"" + name + "\"}"));
            return "added";
        } catch (MatrixException e) {
            return e.errCode().name();
        }
    }
}
