package chat.hearth.protocol.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.RandomJson;
import chat.hearth.protocol.room.RoomVersion;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventBuilderTest {
    private static final long SEED = 1_122;
    private static final EventId PREV = new EventId("$prev");
    private static final EventId AUTH = new EventId("$auth");

    private final EventBuilder builder =
            new EventBuilder(new ServerName("example.org"), () -> "opaque1");

    @ParameterizedTest
    @EnumSource
    void whatIsBuiltIsWhatOtherServersRead(RoomVersion version) {
        var random = new Random(SEED);
        var json = new RandomJson(random);
        for (int i = 0; i < 150; i++) {
            String type = SampleEvents.TYPES.get(random.nextInt(SampleEvents.TYPES.size()));
            boolean redaction = type.equals("m.room.redaction");
            var draft =
                    new EventDraft(
                            type,
                            random.nextBoolean() ? null : json.text(),
                            SampleEvents.ALICE,
                            json.object(4, 3),
                            redaction ? new EventId("$target") : null);
            Pdu built = builder.build(draft, place(version, type)).orThrow();
            assertSame(version, built, "seed " + SEED + " round " + i);
        }
    }

    /// The event goes out as a tree that was never seen, is read, hashed and split the plain way.
    private static void assertSame(RoomVersion version, Pdu built, String round) {
        JsonObject sent =
                JsonReader.readObject(built.canonicalBytes()).with("signatures", JsonObject.EMPTY);
        Pdu read = SampleEvents.pdu(version, sent);
        assertArrayEquals(CanonicalJson.bytes(built.json()), built.canonicalBytes(), round);
        assertTrue(read.hasOwnContentHash(), round);
        assertEquals(read.eventId(), built.eventId(), round);
        assertEquals(read.roomId(), built.roomId(), round);
        assertEquals(read.content(), built.content(), round);
        assertEquals(read.stateKey(), built.stateKey(), round);
        assertEquals(read.sender(), built.sender(), round);
        assertEquals(read.prevEvents(), built.prevEvents(), round);
        assertEquals(read.authEvents(), built.authEvents(), round);
        assertEquals(read.depth(), built.depth(), round);
        assertEquals(read.originServerTs(), built.originServerTs(), round);
        assertEquals(read.redacts(), built.redacts(), round);
        StoredForm plain = StoredForm.split(version.rules(), built.json());
        assertEquals(plain, built.storedForm(), round);
    }

    @Test
    void theOriginChoosesIdsInOldVersions() {
        assertEquals("$opaque1:example.org", build(RoomVersion.V2).eventId().value());
    }

    @Test
    void oldVersionsNeedReferenceHashes() {
        var place =
                EventPlace.of(RoomVersion.V1, SampleEvents.ROOM, List.of(PREV), List.of(), 1, 1);
        assertThrows(IllegalArgumentException.class, () -> builder.build(message(""), place));
    }

    @Test
    void aCreateEventNamesItsRoomSinceVersion12() {
        Pdu create =
                builder.build(
                                EventDraft.state(
                                        SampleEvents.ALICE, "m.room.create", "", JsonObject.EMPTY),
                                place(RoomVersion.V12, "m.room.create"))
                        .orThrow();
        assertEquals("!" + create.eventId().value().substring(1), create.roomId().value());
    }

    @ParameterizedTest
    @ValueSource(ints = {86, 255, 256})
    void typesAndStateKeysAreCountedInBytes(int characters) {
        String text = "日".repeat(characters);
        assertTooLarge(EventDraft.message(SampleEvents.ALICE, text, JsonObject.EMPTY));
        assertTooLarge(EventDraft.state(SampleEvents.ALICE, "m.x", text, JsonObject.EMPTY));
        EventDraft fitting =
                EventDraft.message(SampleEvents.ALICE, "日".repeat(85), JsonObject.EMPTY);
        assertInstanceOf(
                PduResult.Valid.class, builder.build(fitting, place(RoomVersion.V12, "m.x")));
    }

    @Test
    void anEventLeavesRoomForItsSignatures() {
        assertTooLarge(message("x".repeat(EventLimits.EVENT_BYTES_MAX - 1_024)));
        Pdu fitting =
                builder.build(message("x".repeat(63_900)), place(RoomVersion.V12, "m.x")).orThrow();
        assertTrue(
                fitting.canonicalBytes().length
                        <= EventLimits.EVENT_BYTES_MAX - EventLimits.SIGNATURES_BYTES_RESERVED);
    }

    @Test
    void floatsAreRefusedSinceVersion6() {
        EventDraft draft =
                EventDraft.message(SampleEvents.ALICE, "m.x", JsonReader.readObject("{\"x\":1.5}"));
        assertInstanceOf(
                PduResult.Refused.class, builder.build(draft, place(RoomVersion.V6, "m.x")));
        assertInstanceOf(PduResult.Valid.class, builder.build(draft, place(RoomVersion.V5, "m.x")));
    }

    @Test
    void edgesAndDepthHaveLimits() {
        assertPlaceRefused(Collections.nCopies(21, PREV), List.of(), 1);
        assertPlaceRefused(List.of(), Collections.nCopies(11, AUTH), 1);
        assertPlaceRefused(List.of(), List.of(), -1);
        assertPlaceRefused(List.of(), List.of(), EventLimits.DEPTH_MAX + 1);
    }

    private void assertPlaceRefused(List<EventId> prev, List<EventId> auth, long depth) {
        var place = EventPlace.of(RoomVersion.V12, SampleEvents.ROOM, prev, auth, depth, 1);
        assertInstanceOf(PduResult.Refused.class, builder.build(message("x"), place));
    }

    private void assertTooLarge(EventDraft draft) {
        var refused =
                assertInstanceOf(
                        PduResult.Refused.class,
                        builder.build(draft, place(RoomVersion.V12, "m.x")));
        assertEquals(PduFault.TOO_LARGE, refused.fault());
    }

    private Pdu build(RoomVersion version) {
        return builder.build(message("hi"), place(version, "m.room.message")).orThrow();
    }

    private static EventDraft message(String body) {
        return EventDraft.message(
                SampleEvents.ALICE, "m.room.message", JsonObject.of("body", body));
    }

    private static EventPlace place(RoomVersion version, String type) {
        boolean makesRoom = version.rules().roomIdIsCreateHash() && type.equals("m.room.create");
        RoomId room = makesRoom ? null : SampleEvents.ROOM;
        byte[] hash = new byte[32];
        return new EventPlace(
                version,
                room,
                List.of(PREV),
                List.of(AUTH),
                7,
                1_000,
                Map.of(PREV, hash, AUTH, hash));
    }
}
