package chat.hearth.rooms.profile;

import static chat.hearth.rooms.TestRooms.ALICE;
import static chat.hearth.rooms.TestRooms.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonNull;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.TestRooms;
import chat.hearth.rooms.create.NewRoom;
import chat.hearth.rooms.create.Preset;
import chat.hearth.storage.ProfileField;
import chat.hearth.storage.ProfileStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What users say about themselves, and how rooms learn of it.
abstract class UserProfilesContract {
    private static final String PENDING = ProfileStore.PENDING;

    private static final int JOINS = 60;

    private TestRooms rooms;
    private RoomId room;
    private int alice;
    private ProfilePropagation propagation;
    private UserProfiles profiles;

    abstract TestRooms open();

    @BeforeEach
    void start() {
        rooms = open();
        room = rooms.create(RoomVersion.V12);
        alice = rooms.number(ALICE);
        connect(_ -> Duration.ZERO);
    }

    private void connect(IntFunction<Duration> pause) {
        propagation =
                new ProfilePropagation(
                        rooms.stores(),
                        rooms.database().journal(),
                        rooms.database().vital(),
                        rooms.engine().pipeline(),
                        rooms.engine().profiles(),
                        pause);
        profiles = new UserProfiles(rooms.stores(), rooms.database().journal(), propagation);
    }

    @AfterEach
    void stop() {
        propagation.close();
        rooms.close();
    }

    private void name(String name) throws InterruptedException {
        profiles.put(alice, "displayname", new JsonString(name));
    }

    private JsonObject member(RoomId id, UserId user) {
        long position = rooms.room(id).state().members().position(rooms.number(user));
        byte[] client = rooms.stores().events().byPosition(position).orElseThrow().clientJson();
        return JsonReader.readObject(ClientEvent.content(client));
    }

    private String nameBefore(RoomId id) {
        long position = rooms.room(id).state().members().position(alice);
        long replaced = rooms.stores().events().byPosition(position).orElseThrow().replaces();
        byte[] client = rooms.stores().events().byPosition(replaced).orElseThrow().clientJson();
        return JsonReader.readObject(ClientEvent.content(client)).string("displayname").orElse("");
    }

    private String nameIn(RoomId id) {
        return member(id, ALICE).string("displayname").orElse("none");
    }

    @Test
    void aNameReachesEveryRoomOfTheUserAndNoOther() throws InterruptedException {
        RoomId second = rooms.create(RoomVersion.V1);
        RoomId left = rooms.create(RoomVersion.V11);
        rooms.join(BOB, left);
        rooms.engine().memberships().leave(ALICE, left, null);
        name("Alice");
        assertEquals("Alice", nameIn(room));
        assertEquals("Alice", nameIn(second));
        assertEquals("leave", member(left, ALICE).string("membership").orElseThrow());
        assertEquals("join", member(room, ALICE).string("membership").orElseThrow());
    }

    @Test
    void theLastOfManyNamesStays() throws InterruptedException {
        List<Thread> devices = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            devices.add(renaming("Alice " + i));
        }
        for (Thread device : devices) {
            device.join();
        }
        String last = profiles.of(alice).string("displayname").orElseThrow();
        assertEquals(last, nameIn(room));
        assertTrue(rooms.stores().profiles().find(alice, PENDING).isEmpty());
    }

    @Test
    void changesThatComeFastReachARoomAsTheLastOfThem() throws InterruptedException {
        connect(_ -> Duration.ofDays(1));
        name("Alice 0");
        assertEquals("Alice 0", nameIn(room), "the first one at once");
        long first = rooms.room(room).state().members().position(alice);
        List<Thread> devices = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            devices.add(renaming("Alice " + i));
        }
        for (Thread device : devices) {
            device.join();
        }
        assertEquals(first, rooms.room(room).state().members().position(alice));

        propagation.close();
        connect(_ -> Duration.ZERO);
        propagation.propagate(alice);

        String last = profiles.of(alice).string("displayname").orElseThrow();
        assertEquals(last, nameIn(room));
        assertEquals("Alice 0", nameBefore(room), "there was none between the two");
        assertTrue(rooms.stores().profiles().find(alice, PENDING).isEmpty());
    }

    @Test
    void manyEventsArePaidForByALongRest() {
        assertEquals(Duration.ofSeconds(1), ProfilePropagation.pause(1));
        assertEquals(Duration.ofSeconds(20), ProfilePropagation.pause(100));
        assertEquals(Duration.ofMinutes(1), ProfilePropagation.pause(1_000));
    }

    private Thread renaming(String name) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                name(name);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    @Test
    void aRoomThatIsJoinedWhileTheNameChangesHasTheLastName() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < JOINS; i++) {
                RoomId id = rooms.create(RoomVersion.V12);
                rooms.join(BOB, id);
                rooms.engine().memberships().leave(ALICE, id, null);
                String last = "Alice " + i;
                Future<?> naming =
                        threads.submit(
                                () -> {
                                    name(last);
                                    return last;
                                });
                rooms.join(ALICE, id);
                naming.get();
                assertEquals(last, nameIn(id), "round " + i);
            }
        }
    }

    @Test
    void aRoomThatIsMadeWhileTheNameChangesHasTheLastName() throws InterruptedException {
        NewRoom asked = TestRooms.newRoom(RoomVersion.V12, Preset.PRIVATE_CHAT);
        name("Alice");
        assertEquals("Alice", nameIn(rooms.engine().creation().create(asked)));
    }

    @Test
    void aChangeThatACrashKeptFromTheRoomsGetsThereAfterIt() throws InterruptedException {
        propagation.close();
        name("Alice");
        assertEquals("none", nameIn(room));
        rooms.reopen();
        connect(_ -> Duration.ZERO);
        propagation.resume();
        for (int i = 0; i < 200 && nameIn(room).equals("none"); i++) {
            Thread.sleep(20);
        }
        assertEquals("Alice", nameIn(room));
        assertEquals("Alice", profiles.of(alice).string("displayname").orElseThrow());
    }

    @Test
    void theServersOwnNotesAreNotPartOfTheProfile() throws InterruptedException {
        propagation.close();
        name("Alice");
        assertTrue(rooms.stores().profiles().find(alice, PENDING).isPresent());
        assertEquals(JsonObject.of("displayname", "Alice"), profiles.of(alice));
        assertTrue(profiles.find(alice, PENDING).isEmpty());
    }

    @Test
    void aNameThatRoomsHaveAlreadyIsNotSentAgain() throws InterruptedException {
        name("Alice");
        long position = rooms.room(room).state().members().position(alice);
        name("Alice");
        assertEquals(position, rooms.room(room).state().members().position(alice));
    }

    @Test
    void anEmptyNameAndARemovedAvatarAreGoneFromRoomsToo() throws InterruptedException {
        name("Alice");
        profiles.put(alice, "avatar_url", new JsonString("mxc://hearth.test/a"));
        name("");
        profiles.remove(alice, "avatar_url");
        assertEquals(JsonObject.EMPTY, profiles.of(alice));
        assertEquals(JsonObject.of("membership", "join"), member(room, ALICE));
    }

    @Test
    void otherFieldsOfAnyKindStayOutOfRooms() throws InterruptedException {
        long position = rooms.room(room).state().members().position(alice);
        profiles.put(alice, "org.example.data", JsonReader.readObject("{\"a\":[1.5,\"\\u0000\"]}"));
        profiles.put(alice, "m.tz", new JsonString("Europe/Berlin"));
        profiles.put(alice, "org.example.none", JsonNull.NULL);
        rooms.reopen();
        connect(_ -> Duration.ZERO);
        assertEquals(
                JsonReader.readObject(
                        "{\"m.tz\":\"Europe/Berlin\",\"org.example.none\":null,"
                                + "\"org.example.data\":{\"a\":[1.5,\"\\u0000\"]}}"),
                profiles.of(alice));
        assertEquals(position, rooms.room(room).state().members().position(alice));
    }

    @Test
    void aProfileMayHave64KibAndNotAByteMore() throws InterruptedException {
        String key = "org.example.a";
        // {"org.example.a":"…"}
        int rest = ProfileRules.PROFILE_BYTES_MAX - key.length() - 7;
        profiles.put(alice, key, new JsonString("x".repeat(rest)));
        MatrixException refused =
                assertThrows(
                        MatrixException.class,
                        () -> profiles.put(alice, key, new JsonString("x".repeat(rest + 1))));
        assertEquals(ErrCode.M_PROFILE_TOO_LARGE, refused.errCode());
        assertThrows(MatrixException.class, () -> name("A"));
        assertEquals(rest, profiles.of(alice).string(key).orElseThrow().length());
        profiles.remove(alice, key);
        name("A");
        assertEquals(List.of("displayname"), fields());
    }

    private List<String> fields() {
        return rooms.stores().profiles().of(alice, 10).stream().map(ProfileField::field).toList();
    }
}
