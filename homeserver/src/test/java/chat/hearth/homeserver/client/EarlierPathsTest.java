package chat.hearth.homeserver.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.SharedServer;
import chat.hearth.homeserver.TestHearth;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/// What had a path under `r0` still has it, and nothing else has one.
final class EarlierPathsTest extends SharedServer {
    private static final String V3 = "/_matrix/client/v3/";
    private static final String R0 = "/_matrix/client/r0/";

    private String room;

    @BeforeAll
    void makeRoom() {
        room = alice.room("public_chat");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "GET login 200",
                "POST login 400",
                "POST register 401",
                "GET register/available?username=carol 200",
                "POST logout 401",
                "POST logout/all 401",
                "POST account/password 401",
                "POST account/deactivate 401",
                "GET account/whoami 200",
                "GET capabilities 200",
                "GET sync 200",
                "POST user/@alice:localhost/filter 200",
                "GET user/@alice:localhost/filter/nothing 404",
                "GET user/@alice:localhost/account_data/t 404",
                "PUT user/@alice:localhost/account_data/t 200",
                "GET rooms/$room/state 200",
                "GET rooms/$room/state/m.room.create 200",
                "PUT rooms/$room/state/t 200",
                "PUT rooms/$room/state/t/key 200",
                "GET rooms/$room/members 200",
                "GET rooms/$room/joined_members 200",
                "GET rooms/$room/messages?dir=b 200",
                "GET rooms/$room/aliases 200",
                "GET rooms/$room/event/$nothing 404",
                "GET rooms/$room/context/$nothing 404",
                "PUT rooms/$room/send/m.room.message/1 200",
                "PUT rooms/$room/redact/$nothing/1 404",
                "POST rooms/$room/join 200",
                "POST join/$room 200",
                "POST rooms/$room/invite 400",
                "POST rooms/$room/kick 400",
                "POST rooms/$room/ban 400",
                "POST rooms/$room/unban 400",
                "POST rooms/$room/receipt/m.read/$nothing 400",
                "POST rooms/$room/read_markers 200",
                "PUT rooms/$room/typing/@alice:localhost 400",
                "GET user/@alice:localhost/rooms/$room/tags 200",
                "POST createRoom 200",
                "GET joined_rooms 200",
                "GET publicRooms 200",
                "POST publicRooms 200",
                "GET directory/list/room/$room 200",
                "GET directory/room/%23nothing:localhost 404",
                "GET profile/@alice:localhost 200",
                "PUT profile/@alice:localhost/displayname 400",
                "GET presence/@alice:localhost/status 200",
                "GET devices 200",
                "GET devices/nothing 404",
                "GET pushrules/ 200",
                "GET pushrules/global/ 200",
                "POST knock/$room 404",
                "POST refresh 404",
                "POST login/get_token 404",
                "DELETE profile/@alice:localhost/m.tz 405",
            })
    void operationsAnswerAtTheirEarlierPaths(String method, String path, int status) {
        String body = method.equals("GET") || method.equals("DELETE") ? null : "{}";
        String token = path.startsWith("log") || path.startsWith("account/") ? null : alice.token();
        String named = path.replace("$room", room).replace("@alice:localhost", alice.userId());
        boolean own = path.equals("account/whoami");
        TestHearth.Answer answer =
                server.send(method, R0 + named, own ? alice.token() : token, body);
        assertEquals(status, answer.status(), answer.outcome());
    }

    @Test
    void aTransactionIsTheSameAtBothPaths() {
        String path = "rooms/" + room + "/send/m.room.message/twice";
        String body = "{\"msgtype\":\"m.text\",\"body\":\"hi\"}";
        TestHearth.Answer first = server.send("PUT", R0 + path, alice.token(), body);
        assertEquals(
                first.string("event_id"),
                server.send("PUT", V3 + path, alice.token(), body).string("event_id"));
    }

    /// A line each: method, path, the version of the specification that added the operation.
    @ParameterizedTest
    @CsvFileSource(resources = "v3-operations.txt", delimiter = ' ')
    void theSpecificationSaysWhatCameLater(String method, String path, String addedIn) {
        assertEquals(!addedIn.equals("r0"), EarlierPaths.isLater(method + " " + path));
    }
}
