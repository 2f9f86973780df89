package chat.hearth.rooms.membership;

import static chat.hearth.rooms.TestRooms.ALICE;
import static chat.hearth.rooms.TestRooms.BOB;
import static chat.hearth.rooms.TestRooms.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.TestRooms;
import chat.hearth.rooms.create.Preset;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may do what to whom, as tables: Alice made the room, Mona moderates it (50), Bob is anybody,
/// Carol is the one to whom it is done.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RoomMembershipsContract {
    private static final UserId MONA = TestRooms.user("mona");
    private static final UserId PETER = TestRooms.user("peter");

    private TestRooms rooms;

    abstract TestRooms open(Path directory);

    @BeforeAll
    void start(@TempDir Path directory) {
        rooms = open(directory);
        rooms.addAccount(CAROL);
    }

    @AfterAll
    void stop() {
        rooms.close();
    }

    private RoomId room(RoomVersion version, String joinRule, String more) {
        RoomId room = rooms.create(version, Preset.PUBLIC_CHAT);
        rooms.join(MONA, room);
        rooms.join(BOB, room);
        String alice = version.rules().privilegedCreators() ? "" : "\"%s\":100,".formatted(ALICE);
        rooms.state(
                room,
                ALICE,
                "m.room.power_levels",
                "",
                "{\"invite\":0,\"users\":{%s\"%s\":50}}".formatted(alice, MONA));
        rooms.state(
                room,
                ALICE,
                "m.room.join_rules",
                "",
                "{\"join_rule\":\"%s\"%s}".formatted(joinRule, more));
        return room;
    }

    /// Makes Carol what a row says she is.
    private void become(Membership membership, RoomId room) {
        RoomMemberships memberships = rooms.engine().memberships();
        switch (membership) {
            case INVITE -> memberships.invite(ALICE, CAROL, room, null);
            case JOIN -> {
                memberships.invite(ALICE, CAROL, room, null);
                rooms.join(CAROL, room);
            }
            case KNOCK -> memberships.knock(CAROL, room, null);
            case LEAVE -> {}
            case BAN -> memberships.ban(ALICE, CAROL, room, null);
        }
    }

    private Membership membership(RoomId room, UserId user) {
        return rooms.stores().identifiers().findUser(user).stream()
                .mapToObj(rooms.room(room).state().members()::membership)
                .findFirst()
                .orElse(Membership.LEAVE);
    }

    private static String outcome(Runnable deed) {
        try {
            deed.run();
            return "done";
        } catch (MatrixException e) {
            return e.status() + " " + e.errCode();
        }
    }

    private static UserId named(String name) {
        return TestRooms.user(name);
    }

    private void act(String deed, UserId actor, RoomId room) {
        RoomMemberships memberships = rooms.engine().memberships();
        switch (deed) {
            case "invite" -> memberships.invite(actor, CAROL, room, null);
            case "kick" -> memberships.kick(actor, CAROL, room, null);
            case "ban" -> memberships.ban(actor, CAROL, room, null);
            case "unban" -> memberships.unban(actor, CAROL, room, null);
            case "join" -> rooms.join(actor, room);
            case "knock" -> memberships.knock(actor, room, null);
            case "leave" -> memberships.leave(actor, room, null);
            case "forget" -> memberships.forget(actor, room);
            default -> throw new IllegalArgumentException(deed);
        }
    }

    /// Deed | who does it | what Carol is: knock, leave, invite, join, ban; and what comes of it.
    /// What Carol is after a deed that is done stands behind it.
    @ParameterizedTest(name = "{0} by {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    invite | bob    | invite          | invite          | invite          | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    invite | mona   | invite          | invite          | invite          | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    invite | peter  | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    kick   | bob    | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    kick   | mona   | leave           | 403 M_FORBIDDEN | leave           | leave           | 403 M_FORBIDDEN
                    kick   | peter  | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    ban    | bob    | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    ban    | mona   | ban             | ban             | ban             | ban             | ban
                    ban    | peter  | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    unban  | bob    | 403 M_BAD_STATE | 403 M_BAD_STATE | 403 M_BAD_STATE | 403 M_BAD_STATE | 403 M_FORBIDDEN
                    unban  | mona   | 403 M_BAD_STATE | 403 M_BAD_STATE | 403 M_BAD_STATE | 403 M_BAD_STATE | leave
                    unban  | peter  | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    join   | carol  | 403 M_FORBIDDEN | 403 M_FORBIDDEN | join            | join            | 403 M_FORBIDDEN
                    knock  | carol  | knock           | knock           | 403 M_FORBIDDEN | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    leave  | carol  | leave           | 403 M_FORBIDDEN | leave           | leave           | 403 M_FORBIDDEN
                    forget | carol  | 400 M_UNKNOWN   | 404 M_NOT_FOUND | 400 M_UNKNOWN   | 400 M_UNKNOWN   | ban
                    """)
    void whoMayDoWhatInARoomOneMayKnockAt(
            String deed,
            String actor,
            String knocking,
            String outside,
            String invited,
            String joined,
            String banned) {
        for (RoomVersion version : new RoomVersion[] {RoomVersion.V7, RoomVersion.V12}) {
            check(version, deed, actor, Membership.KNOCK, knocking);
            check(version, deed, actor, Membership.LEAVE, outside);
            check(version, deed, actor, Membership.INVITE, invited);
            check(version, deed, actor, Membership.JOIN, joined);
            check(version, deed, actor, Membership.BAN, banned);
        }
    }

    private void check(
            RoomVersion version, String deed, String actor, Membership before, String expected) {
        RoomId room = room(version, "knock", "");
        become(before, room);
        String what = "version %s, %s: %s".formatted(version.id(), before, expected);
        String outcome = outcome(() -> act(deed, named(actor), room));
        if (!outcome.equals("done")) {
            assertEquals(expected, outcome, what);
            assertEquals(before, membership(room, CAROL), what + ", nothing changed");
        } else {
            assertEquals(expected.toUpperCase(Locale.ROOT), membership(room, CAROL).name(), what);
        }
    }

    /// Room version | join rule | knocking | joining, both from outside.
    @ParameterizedTest(name = "version {0}, {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1  | public           | 403 M_FORBIDDEN | done
                    1  | invite           | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    6  | knock            | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    7  | public           | 403 M_FORBIDDEN | done
                    7  | invite           | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    7  | private          | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    7  | knock            | done            | 403 M_FORBIDDEN
                    7  | restricted       | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    8  | restricted       | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    9  | knock_restricted | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    10 | knock_restricted | done            | 403 M_FORBIDDEN
                    10 | restricted       | 403 M_FORBIDDEN | 403 M_FORBIDDEN
                    12 | knock_restricted | done            | 403 M_FORBIDDEN
                    """)
    void whoMayComeByARoomsJoinRule(String version, String rule, String knock, String join) {
        RoomId room = room(RoomVersion.find(version).orElseThrow(), rule, "");
        assertEquals(
                knock,
                outcome(() -> rooms.engine().memberships().knock(PETER, room, null)),
                "knocking");
        assertEquals(join, outcome(() -> rooms.join(CAROL, room)), "joining");
    }

    private static String allowing(RoomId other) {
        return ",\"allow\":[{\"type\":\"org.example.other\"},"
                + "{\"type\":\"m.room_membership\",\"room_id\":\"!unknown:elsewhere.test\"},"
                + "{\"type\":\"m.room_membership\",\"room_id\":\"%s\"}]".formatted(other);
    }

    private Optional<String> authorisedBy(RoomId room, UserId user) {
        int place =
                rooms.stores()
                        .identifiers()
                        .findStateKey(new StateKey("m.room.member", user.value()))
                        .orElseThrow();
        long position = rooms.room(room).state().events().eventAt(place);
        JsonObject content =
                JsonReader.readObject(
                        ClientEvent.content(rooms.engine().cache().require(position).clientJson()));
        return content.string("join_authorised_via_users_server");
    }

    @ParameterizedTest
    @CsvSource({"8, restricted", "10, knock_restricted", "12, restricted"})
    void whoIsInTheOtherRoomIsLetInByTheOneWithTheMostPower(String version, String rule) {
        RoomVersion of = RoomVersion.find(version).orElseThrow();
        RoomId other = rooms.create(of);
        RoomId room = room(of, rule, allowing(other));
        assertEquals("403 M_FORBIDDEN", outcome(() -> rooms.join(CAROL, room)), "outside of both");
        rooms.join(CAROL, other);
        rooms.join(CAROL, room);
        assertEquals(Optional.of(ALICE.value()), authorisedBy(room, CAROL));
        rooms.engine().memberships().leave(ALICE, room, null);
        rooms.join(PETER, other);
        rooms.join(PETER, room);
        assertEquals(Optional.of(MONA.value()), authorisedBy(room, PETER), "Alice has left");
        rooms.engine().memberships().leave(CAROL, other, null);
        rooms.engine().memberships().leave(CAROL, room, null);
        assertEquals("403 M_FORBIDDEN", outcome(() -> rooms.join(CAROL, room)), "has left both");
    }

    @Test
    void whoIsInvitedToARestrictedRoomNeedsNobodyToVouch() {
        RoomId room = room(RoomVersion.V12, "restricted", allowing(rooms.create(RoomVersion.V12)));
        rooms.engine().memberships().invite(ALICE, CAROL, room, null);
        rooms.join(CAROL, room);
        assertEquals(Optional.empty(), authorisedBy(room, CAROL));
    }

    @Test
    void whereNobodyMayInviteNobodyIsLetIn() {
        RoomId other = rooms.create(RoomVersion.V12);
        RoomId room = room(RoomVersion.V12, "restricted", allowing(other));
        rooms.state(room, ALICE, "m.room.power_levels", "", "{\"invite\":60}");
        rooms.engine().memberships().leave(ALICE, room, null);
        rooms.join(CAROL, other);
        assertEquals("400 M_UNABLE_TO_GRANT_JOIN", outcome(() -> rooms.join(CAROL, room)));
    }

    @Test
    void aBannedUserIsNotLetInByBeingInTheOtherRoom() {
        RoomId other = rooms.create(RoomVersion.V12);
        RoomId room = room(RoomVersion.V12, "restricted", allowing(other));
        rooms.join(CAROL, other);
        rooms.engine().memberships().ban(ALICE, CAROL, room, null);
        assertEquals("403 M_FORBIDDEN", outcome(() -> rooms.join(CAROL, room)));
    }

    @Test
    void aNewNameInARestrictedRoomNeedsNobodyToVouchAgain() {
        RoomId other = rooms.create(RoomVersion.V12);
        RoomId room = room(RoomVersion.V12, "restricted", allowing(other));
        rooms.join(CAROL, other);
        rooms.join(CAROL, room);
        rooms.state(
                room,
                CAROL,
                "m.room.member",
                CAROL.value(),
                "{\"membership\":\"join\",\"displayname\":\"Carol\"}");
        assertEquals(Membership.JOIN, membership(room, CAROL));
    }
}
