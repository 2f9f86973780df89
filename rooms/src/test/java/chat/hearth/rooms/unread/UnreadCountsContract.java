package chat.hearth.rooms.unread;

import static chat.hearth.rooms.TestRooms.ALICE;
import static chat.hearth.rooms.TestRooms.BOB;
import static chat.hearth.rooms.TestRooms.CAROL;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.push.RuleKind;
import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.TestRooms;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.event.Rooms;
import chat.hearth.rooms.event.Sent;
import chat.hearth.rooms.receipt.Mark;
import chat.hearth.rooms.receipt.ReadReceipts;
import chat.hearth.rooms.receipt.ReceiptType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random rooms, in which people talk, answer in threads, mention each other, redact, read, leave
/// and come back: what is unread agrees with a naive count after every step, whether it is carried
/// on from the count before or counted anew.
abstract class UnreadCountsContract {
    private static final int STEPS = 60;
    private static final UserId DAVE = TestRooms.user("dave");
    private static final List<UserId> READERS = List.of(BOB, CAROL, DAVE);

    /// Carol is told aloud of cake; Dave ignores Bob; Bob has the rules that everybody has.
    private static final String CAKE = "cake";

    private final Map<UserId, NaiveUnread> naive = new HashMap<>();
    private final Set<Long> redacted = new HashSet<>();
    private final List<Message> messages = new ArrayList<>();
    private TestRooms rooms;
    private RoomId room;
    private Random random = new Random(0);
    private UnreadCounter counter;

    /// @param thread position of the root of its thread, 0 for none
    private record Message(EventId id, long position, long thread) {}

    abstract TestRooms open();

    @BeforeEach
    void start() {
        rooms = open();
        room = rooms.create(RoomVersion.V12);
        counter = new UnreadCounter(rooms.stores(), rooms.engine().cache());
        for (UserId reader : READERS) {
            naive.put(reader, new NaiveUnread(redacted));
            join(reader);
        }
    }

    @AfterEach
    void stop() {
        rooms.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agreeWithANaiveCountAfterEveryStep(long seed) throws InterruptedException {
        random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            String what = "seed " + seed + ", step " + step + ": " + takeAStep();
            for (UserId reader : READERS) {
                if (isIn(reader)) {
                    UnreadCounts expected = naive(reader).count();
                    assertEquals(expected, counted(counter, reader), what + ", carried on");
                    var anew = new UnreadCounter(rooms.stores(), rooms.engine().cache());
                    assertEquals(expected, counted(anew, reader), what + ", counted anew");
                    var restarted = new UnreadCounter(rooms.stores(), rooms.engine().cache());
                    assertEquals(
                            expected,
                            counted(restarted, reader, storedRoom()),
                            what + ", counted in a room that was just read");
                }
            }
        }
    }

    private NaiveUnread naive(UserId reader) {
        return requireNonNull(naive.get(reader));
    }

    /// The room as it is in memory after a restart.
    private Room storedRoom() {
        return Rooms.of(rooms.stores(), 10_000).require(room);
    }

    private UnreadCounts counted(UnreadCounter by, UserId user) throws InterruptedException {
        return counted(by, user, rooms.room(room));
    }

    private UnreadCounts counted(UnreadCounter by, UserId user, Room where)
            throws InterruptedException {
        int number = rooms.number(user);
        UserPushRules rules = user.equals(CAROL) ? toldOfCake() : UserPushRules.NONE;
        var reader =
                new Reader(
                        number,
                        user,
                        rules,
                        user.equals(DAVE) ? Set.of(BOB.value()) : Set.of(),
                        0,
                        rooms.engine().feed().subscribe(number));
        return by.count(where, reader, rooms.engine().feed().settledPosition());
    }

    private static UserPushRules toldOfCake() {
        JsonObject rule =
                JsonReader.readObject(
                        "{\"pattern\":\"cake\",\"actions\":[\"notify\",{\"set_tweak\":\"highlight\"}]}");
        return UserPushRules.NONE.put(RuleKind.CONTENT, CAKE, rule, null, null);
    }

    private String takeAStep() {
        return switch (random.nextInt(11)) {
            case 0, 1, 2 -> say(ALICE);
            case 3 -> say(READERS.get(random.nextInt(READERS.size())));
            case 4, 5, 6 -> read(READERS.get(random.nextInt(READERS.size())));
            case 7 -> redact();
            case 8 -> changeTheTopic();
            case 9 -> rename(READERS.get(random.nextInt(READERS.size())));
            default -> comeOrGo(READERS.get(random.nextInt(READERS.size())));
        };
    }

    private boolean isIn(UserId user) {
        return rooms.room(room).state().members().isJoined(rooms.number(user));
    }

    private void join(UserId user) {
        rooms.join(user, room);
        int number = rooms.number(user);
        naive(user).joined(rooms.room(room).state().members().position(number));
    }

    private String comeOrGo(UserId user) {
        if (isIn(user)) {
            rooms.engine().memberships().leave(user, room, null);
            return user + " leaves";
        }
        join(user);
        return user + " joins";
    }

    private String changeTheTopic() {
        rooms.state(room, ALICE, "m.room.topic", "", "{\"topic\":\"" + random.nextInt() + "\"}");
        return "a topic";
    }

    private String rename(UserId user) {
        if (!isIn(user)) {
            return "nothing";
        }
        String content =
                "{\"membership\":\"join\",\"displayname\":\"Nobody " + random.nextInt() + "\"}";
        rooms.state(room, user, "m.room.member", user.value(), content);
        return user + " has another name";
    }

    private String say(UserId sender) {
        if (!isIn(sender)) {
            return "nothing";
        }
        @Nullable Message root = messages.isEmpty() || random.nextBoolean() ? null : anyRoot();
        boolean cake = random.nextInt(4) == 0;
        List<String> mentioned =
                READERS.stream().filter(_ -> random.nextInt(4) == 0).map(UserId::value).toList();
        var content =
                JsonObject.builder()
                        .put("msgtype", "m.text")
                        .put("body", cake ? "there is cake" : "there is none")
                        .put(
                                "m.mentions",
                                JsonObject.of(Map.of("user_ids", JsonArray.ofStrings(mentioned))));
        if (root != null) {
            content.put(
                    "m.relates_to",
                    JsonObject.builder()
                            .put("rel_type", "m.thread")
                            .put("event_id", root.id().value())
                            .build());
        }
        Sent sent = send(EventDraft.message(sender, "m.room.message", content.build()));
        long thread = root == null ? NaiveUnread.MAIN : root.position();
        messages.add(new Message(sent.eventId(), sent.position(), thread));
        for (UserId reader : READERS) {
            boolean loud = mentioned.contains(reader.value()) || cake && reader.equals(CAROL);
            boolean notifies = isIn(reader) && !(reader.equals(DAVE) && sender.equals(BOB));
            naive(reader).said(sent.position(), thread, reader.equals(sender), notifies, loud);
        }
        return sender + " says something in " + thread;
    }

    private Message anyRoot() {
        List<Message> roots =
                messages.stream().filter(m -> m.thread() == NaiveUnread.MAIN).toList();
        return roots.get(random.nextInt(roots.size()));
    }

    private Sent send(EventDraft draft) {
        return rooms.engine().pipeline().send(room, draft, null);
    }

    private String read(UserId reader) {
        if (!isIn(reader) || messages.isEmpty()) {
            return "nothing";
        }
        Message upTo = messages.get(random.nextInt(messages.size()));
        ReceiptType type = random.nextBoolean() ? ReceiptType.READ : ReceiptType.READ_PRIVATE;
        boolean threaded = random.nextInt(3) > 0;
        String thread =
                messages.stream()
                        .filter(m -> m.position() == upTo.thread())
                        .map(m -> m.id().value())
                        .findFirst()
                        .orElse(Mark.MAIN);
        new ReadReceipts(
                        rooms.stores(),
                        rooms.database().journal(),
                        rooms.engine().rooms(),
                        rooms.engine().gate(),
                        InstantSource.system())
                .mark(
                        reader,
                        rooms.number(reader),
                        room,
                        List.of(new Mark(type, upTo.id(), threaded ? thread : null)));
        if (threaded) {
            naive(reader).read(upTo.thread(), upTo.position());
        } else {
            naive(reader).read(upTo.position());
        }
        return reader + " has read " + (threaded ? upTo.thread() : "all") + " to " + upTo;
    }

    private String redact() {
        if (messages.isEmpty()) {
            return "nothing";
        }
        Message message = messages.get(random.nextInt(messages.size()));
        send(EventDraft.redaction(ALICE, message.id(), JsonObject.EMPTY));
        redacted.add(message.position());
        return message + " is redacted";
    }
}
