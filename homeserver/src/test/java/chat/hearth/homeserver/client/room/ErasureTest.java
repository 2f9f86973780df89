package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static chat.hearth.homeserver.TestHearth.encoded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.OnBothDatabases;
import chat.hearth.homeserver.Synced;
import chat.hearth.homeserver.TestClient;
import chat.hearth.homeserver.TestHearth;
import chat.hearth.homeserver.TestHearth.Answer;
import chat.hearth.homeserver.TestedDatabase;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/// Gone runs a room, talks there, and has the account closed and erased: whoever was in the room
/// when something was said still reads it, whoever comes later reads what redaction leaves of it.
///
/// See `erase` of [account
/// deactivation](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountdeactivate).
@OnBothDatabases
final class ErasureTest {
    /// What is Gone's own, wherever it stands.
    private static final List<String> PERSONAL =
            List.of("Gone With The Wind", "mxc://hearth.test/face", "a-secret", "first-topic");

    private static final String WHOLE_HISTORY = "messages?dir=b&limit=100";
    private static final String WHOLE_TIMELINE = "{\"room\":{\"timeline\":{\"limit\":100}}}";

    @TempDir static Path folder;

    @Parameter @Nullable TestedDatabase database;
    private @Nullable TestHearth running;
    private @Nullable Scene scene;

    /// @param room the room
    /// @param said the event of Gone's message
    /// @param kick the event with which Gone threw Erin out
    /// @param member the event with which Gone came in
    private record Scene(
            TestClient early,
            TestClient late,
            TestClient invited,
            TestClient thrownOut,
            String room,
            String said,
            String kick,
            String member) {}

    @BeforeParameterizedClassInvocation
    void play() {
        running = Objects.requireNonNull(database).setup(folder).start();
        TestClient gone = server().register("gone");
        String profile = "profile/" + gone.userId() + "/";
        gone.put(profile + "displayname", "{\"displayname\":\"Gone With The Wind\"}");
        gone.put(profile + "avatar_url", "{\"avatar_url\":\"mxc://hearth.test/face\"}");
        TestClient early = server().register("early");
        TestClient late = server().register("late");
        TestClient invited = server().register("invited");
        TestClient thrownOut = server().register("erin");
        String room =
                early.createRoom(
                        """
                        {"preset":"public_chat",
                         "power_level_content_override":{"users":{"%s":100}}}
                        """
                                .formatted(gone.userId()));
        gone.join(room);
        thrownOut.join(room);
        gone.state(room, "m.room.name", "", "{\"name\":\"The Club\"}");
        gone.state(room, "m.room.topic", "", "{\"topic\":\"first-topic\"}");
        String said = gone.say(room, "a-secret");
        gone.state(room, "m.room.topic", "", "{\"topic\":\"second topic\"}");
        String taken = early.say(room, "taken away");
        gone.put(in(room, "redact/" + encoded(taken) + "/r"), "{\"reason\":\"a-secret reason\"}");
        gone.invite(room, invited);
        gone.post(
                in(room, "kick"),
                "{\"user_id\":\"%s\",\"reason\":\"a-secret grudge\"}"
                        .formatted(thrownOut.userId()));
        String kick = stateId(early, room, thrownOut);
        String member = stateId(early, room, gone);
        Answer closed =
                gone.post(
                        "account/deactivate",
                        """
                        {"erase":true,"auth":{"type":"m.login.password","password":"%s",
                         "identifier":{"type":"m.id.user","user":"gone"}}}
                        """
                                .formatted(TestHearth.PASSWORD));
        assertEquals("200", closed.outcome());
        assertEquals("200", late.join(room).outcome());
        scene = new Scene(early, late, invited, thrownOut, room, said, kick, member);
    }

    @AfterParameterizedClassInvocation
    void stop() {
        server().close();
    }

    private TestHearth server() {
        return Objects.requireNonNull(running);
    }

    private Scene scene() {
        return Objects.requireNonNull(scene);
    }

    private static String stateId(TestClient reader, String room, TestClient member) {
        String path = "state/m.room.member/" + encoded(member.userId()) + "?format=event";
        return reader.get(in(room, path)).string("event_id");
    }

    @Test
    void whoComesLaterReadsWhatRedactionLeaves() {
        nothingPersonalIsShownToLatecomers();
    }

    @Test
    void aRestartChangesNothing() {
        server().restart();
        nothingPersonalIsShownToLatecomers();
        allIsShownToWhoWasThere();
    }

    private void nothingPersonalIsShownToLatecomers() {
        TestClient late = scene().late();
        everythingShownTo(late)
                .forEach(
                        (where, text) ->
                                PERSONAL.forEach(
                                        word ->
                                                assertFalse(
                                                        text.contains(word),
                                                        () ->
                                                                where + " has " + word + ": "
                                                                        + text)));
        Answer event = late.get(in(scene().room(), "event/" + encoded(scene().said())));
        assertEquals("200", event.outcome());
        assertTrue(event.body().object("content").orElseThrow().isEmpty());
    }

    /// Every way to read the room, by name.
    private Map<String, String> everythingShownTo(TestClient reader) {
        String room = scene().room();
        Map<String, String> shown = new LinkedHashMap<>();
        List<String> paths =
                List.of(
                        WHOLE_HISTORY,
                        "messages?dir=f&limit=100&filter="
                                + encoded("{\"lazy_load_members\":true}"),
                        "context/" + encoded(scene().said()) + "?limit=100",
                        "event/" + encoded(scene().said()),
                        "event/" + encoded(scene().kick()),
                        "event/" + encoded(scene().member()),
                        "state",
                        "state/m.room.member/" + encoded("@gone:" + TestHearth.NAME),
                        "members",
                        "members?at=s" + Long.MAX_VALUE / 100,
                        "joined_members");
        paths.forEach(path -> shown.put(path, reader.get(in(room, path)).json().toString()));
        String timeline = WHOLE_TIMELINE.substring(1, WHOLE_TIMELINE.length() - 1);
        List<String> filters =
                List.of(
                        WHOLE_TIMELINE,
                        "{" + timeline + ",\"event_format\":\"federation\"}",
                        "{" + timeline + ",\"event_fields\":[\"content\",\"unsigned\"]}",
                        "{\"room\":{\"timeline\":{\"limit\":1}}}");
        for (String filter : filters) {
            String query = "full_state=true&" + TestClient.filter(filter);
            shown.put("sync " + filter, reader.sync(query).body().toString());
        }
        return shown;
    }

    @Test
    void whoWasThereStillReadsIt() {
        allIsShownToWhoWasThere();
    }

    private void allIsShownToWhoWasThere() {
        Map<String, String> shown = everythingShownTo(scene().early());
        shown.keySet().retainAll(List.of(WHOLE_HISTORY, "sync " + WHOLE_TIMELINE));
        assertEquals(2, shown.size());
        shown.forEach(
                (where, text) ->
                        PERSONAL.forEach(
                                word ->
                                        assertTrue(
                                                text.contains(word),
                                                () -> where + " lacks " + word)));
    }

    @Test
    void whoWasThrownOutStillReadsWhy() {
        Answer kick =
                scene().thrownOut().get(in(scene().room(), "event/" + encoded(scene().kick())));
        assertEquals(
                "a-secret grudge",
                kick.body().object("content").orElseThrow().string("reason").orElseThrow());
    }

    @Test
    void anInviteShowsNothingOfWhoSentIt() {
        Synced synced = scene().invited().sync("");
        String invite = synced.in("invite", scene().room()).toString();
        PERSONAL.forEach(word -> assertFalse(invite.contains(word), invite));
        assertTrue(invite.contains("\"membership\":\"invite\""), invite);
        assertTrue(invite.contains("The Club"), invite);
    }

    @Test
    void whatTheRoomIsNowStaysWhole() {
        TestClient late = scene().late();
        String room = scene().room();
        assertEquals("The Club", late.get(in(room, "state/m.room.name")).string("name"));
        assertEquals("second topic", late.get(in(room, "state/m.room.topic")).string("topic"));
        assertTrue(late.sync("full_state=true").joined(room).toString().contains("second topic"));
    }
}
