package chat.hearth.protocol.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final String ALICE = "@alice:example.org";
    private static final String BOB = "@bob:example.org";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"x\"",
                "null",
                "{'event_fields':'content'}",
                "{'event_fields':[1]}",
                "{'event_format':'xml'}",
                "{'event_format':1}",
                "{'presence':'wrong'}",
                "{'account_data':[]}",
                "{'room':'wrong'}",
                "{'room':null}",
                "{'room':{'timeline':'wrong'}}",
                "{'room':{'state':1}}",
                "{'room':{'ephemeral':[]}}",
                "{'room':{'account_data':true}}",
                "{'room':{'rooms':'!a:example.org'}}",
                "{'room':{'rooms':['not_a_room']}}",
                "{'room':{'not_rooms':['not_a_room']}}",
                "{'room':{'include_leave':'yes'}}",
                "{'room':{'timeline':{'limit':'abc'}}}",
                "{'room':{'timeline':{'limit':-1}}}",
                "{'room':{'timeline':{'limit':1.5}}}",
                "{'room':{'timeline':{'limit':null}}}",
                "{'room':{'timeline':{'types':'m.room.message'}}}",
                "{'room':{'timeline':{'types':[1]}}}",
                "{'room':{'timeline':{'not_types':{}}}}",
                "{'room':{'timeline':{'senders':['alice']}}}",
                "{'room':{'timeline':{'senders':[7]}}}",
                "{'room':{'timeline':{'not_senders':['alice']}}}",
                "{'room':{'timeline':{'rooms':['room']}}}",
                "{'room':{'timeline':{'contains_url':'true'}}}",
                "{'room':{'state':{'lazy_load_members':1}}}",
                "{'room':{'state':{'include_redundant_members':1}}}",
                "{'room':{'timeline':{'unread_thread_notifications':'no'}}}",
            })
    void aMalformedFilterIsRefused(String text) {
        byte[] json = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        var refusal =
                assertThrows(MatrixException.class, () -> Filter.parse(JsonReader.read(json)));
        assertEquals(ErrCode.M_BAD_JSON, refusal.errCode());
        assertEquals(400, refusal.status());
    }

    @Test
    void theErrorNamesTheMember() {
        var refusal =
                assertThrows(
                        MatrixException.class,
                        () -> filter("{'room':{'timeline':{'limit':'abc'}}}"));
        assertTrue(refusal.text().contains("room.timeline.limit"), refusal.text());
    }

    @Test
    void listsAreBounded() {
        String rooms = "'!a:example.org',".repeat(FilterReader.LIST_MAX) + "'!a:example.org'";
        assertThrows(MatrixException.class, () -> filter("{'room':{'rooms':[" + rooms + "]}}"));
    }

    @ParameterizedTest(name = "types {0}, not {1}, {2}: {3}")
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            textBlock =
                    """
                    -                     ; -              ; m.room.message ; true
                    []                    ; -              ; m.room.message ; false
                    ['m.room.message']    ; -              ; m.room.message ; true
                    ['m.room.message']    ; -              ; m.room.name    ; false
                    ['m.room.*']          ; -              ; m.room.name    ; true
                    ['m.room.*']          ; -              ; m.typing       ; false
                    ['*']                 ; -              ; m.typing       ; true
                    ['m.*.name']          ; -              ; m.room.name    ; true
                    ['m.*.name']          ; -              ; m.room.topic   ; false
                    ['m.room.nam?']       ; -              ; m.room.name    ; false
                    ['M.ROOM.NAME']       ; -              ; m.room.name    ; false
                    -                     ; ['m.room.name']; m.room.name    ; false
                    -                     ; ['*.name']     ; m.room.name    ; false
                    -                     ; ['m.room.name']; m.room.topic   ; true
                    ['m.room.name']       ; ['m.room.*']   ; m.room.name    ; false
                    """)
    void typesSelect(String types, String notTypes, String type, boolean expected) {
        var members = new StringBuilder();
        if (types != null) {
            members.append("'types':").append(types);
        }
        if (notTypes != null) {
            members.append(types == null ? "" : ",").append("'not_types':").append(notTypes);
        }
        Filter filter =
                filter("{'room':{'timeline':{" + members + "}},'presence':{" + members + "}}");
        assertEquals(expected, filter.room().timeline().matches(type, ALICE));
        assertEquals(expected, filter.presence().matches(type, ALICE));
    }

    @Test
    void sendersSelectAndExclusionWins() {
        RoomEventFilter only =
                filter("{'room':{'timeline':{'senders':['" + ALICE + "']}}}").room().timeline();
        assertTrue(only.matches("t", ALICE));
        assertFalse(only.matches("t", BOB));
        RoomEventFilter both =
                filter(
                                "{'room':{'timeline':{'senders':['%s','%s'],'not_senders':['%s']}}}"
                                        .formatted(ALICE, BOB, BOB))
                        .room()
                        .timeline();
        assertTrue(both.matches("t", ALICE));
        assertFalse(both.matches("t", BOB));
        RoomEventFilter none = filter("{'room':{'timeline':{'senders':[]}}}").room().timeline();
        assertFalse(none.matches("t", ALICE));
    }

    @Test
    void roomsSelectAtBothLevels() {
        Filter filter =
                filter(
                        "{'room':{'rooms':['!a:x','!b:x'],'not_rooms':['!b:x'],"
                                + "'ephemeral':{'not_rooms':['!a:x']}}}");
        assertTrue(filter.room().rooms().accepts("!a:x"));
        assertFalse(filter.room().rooms().accepts("!b:x"));
        assertFalse(filter.room().rooms().accepts("!c:x"));
        assertFalse(filter.room().ephemeral().acceptsRoom("!a:x"));
        assertTrue(filter.room().timeline().acceptsRoom("!a:x"));
    }

    @Test
    void aUrlInTheContentSelects() {
        RoomEventFilter with =
                filter("{'room':{'timeline':{'contains_url':true}}}").room().timeline();
        RoomEventFilter without =
                filter("{'room':{'timeline':{'contains_url':false}}}").room().timeline();
        assertTrue(with.matches("t", ALICE, true));
        assertFalse(with.matches("t", ALICE, false));
        assertTrue(without.matches("t", ALICE, false));
        assertFalse(without.matches("t", ALICE, true));
        assertTrue(RoomEventFilter.ALL.matches("t", ALICE, true));
        assertTrue(RoomEventFilter.ALL.matches("t", ALICE, false));
        assertTrue(with.needsContent());
        assertFalse(RoomEventFilter.ALL.needsContent());
    }

    @Test
    void limitsAreTakenWithinBounds() {
        assertEquals(10, EventFilter.ALL.limit(10, 100));
        assertEquals(5, filter("{'presence':{'limit':5}}").presence().limit(10, 100));
        assertEquals(0, filter("{'presence':{'limit':0}}").presence().limit(10, 100));
        assertEquals(
                100, filter("{'presence':{'limit':9007199254740991}}").presence().limit(10, 100));
    }

    @Test
    void flagsAreRead() {
        RoomFilter room =
                filter(
                                "{'room':{'include_leave':true,'state':{'lazy_load_members':true,"
                                        + "'include_redundant_members':true},"
                                        + "'timeline':{'unread_thread_notifications':true}}}")
                        .room();
        assertTrue(room.includeLeave());
        assertTrue(room.state().lazyLoadMembers());
        assertTrue(room.state().includeRedundantMembers());
        assertTrue(room.timeline().unreadThreadNotifications());
        assertFalse(room.timeline().lazyLoadMembers());
    }

    @Test
    void whatAsksForNothingIsTheDefault() {
        assertTrue(filter("{}").isDefault());
        assertTrue(
                filter("{'room':{'timeline':{}},'future':1,'event_format':'client'}").isDefault());
        assertFalse(filter("{'room':{'timeline':{'limit':1}}}").isDefault());
        assertFalse(filter("{'event_format':'federation'}").isDefault());
    }

    @Test
    void timelinesAreSharedWhenNoEventIsLeftOutOrChanged() {
        assertTrue(
                filter("{'room':{'timeline':{'limit':20},'state':{'lazy_load_members':true}}}")
                        .sharesTimelines());
        assertFalse(filter("{'event_fields':['type']}").sharesTimelines());
        assertFalse(filter("{'event_format':'federation'}").sharesTimelines());
        assertFalse(filter("{'room':{'timeline':{'not_types':['a']}}}").sharesTimelines());
        assertFalse(filter("{'room':{'timeline':{'contains_url':false}}}").sharesTimelines());
        assertFalse(filter("{'room':{'timeline':{'senders':[]}}}").sharesTimelines());
    }

    @Test
    void filtersWrittenAlikeAreEqual() {
        String text =
                "{'event_fields':['a.b'],'room':{'timeline':{'types':['m.*.x'],'senders':['@a:x']}}}";
        assertEquals(filter(text), filter(text));
        assertEquals(filter(text).hashCode(), filter(text).hashCode());
        assertNotEquals(filter(text), filter(text.replace("m.*.x", "m.*.y")));
        assertNotEquals(filter(text), filter(text.replace("a.b", "a.c")));
    }

    private static Filter filter(String text) {
        JsonObject json = JsonReader.readObject(text.replace('\'', '"'));
        return Filter.parse(json);
    }
}
