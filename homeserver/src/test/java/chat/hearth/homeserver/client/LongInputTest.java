package chat.hearth.homeserver.client;

import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.SharedServer;
import chat.hearth.homeserver.TestHearth;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An error says what is wrong with an input, and does not give it back.
final class LongInputTest extends SharedServer {
    private static final int CHARS_MAX = 100;

    private String room;

    @BeforeAll
    void makeRoom() {
        room = alice.room("public_chat");
    }

    /// In these `$long` is a long text, `$words` one of many words, and `$id` the longest that an
    /// identifier may be.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST|createRoom|{\"room_version\":\"$long\"}",
                "POST|createRoom|{\"room_version\":\"$words\"}",
                "POST|createRoom|{\"preset\":\"$words\"}",
                "POST|createRoom|{\"invite\":[\"$words\"]}",
                "POST|createRoom|{\"invite\":[\"@$id:localhost\"]}",
                "POST|createRoom|{\"room_alias_name\":\"$words\"}",
                "POST|rooms/$room/upgrade|{\"new_version\":\"$words\"}",
                "POST|rooms/$room/invite|{\"user_id\":\"@$id:localhost\"}",
                "POST|rooms/$room/kick|{\"user_id\":\"@$id:localhost\"}",
                "POST|rooms/$room/unban|{\"user_id\":\"@$id:localhost\"}",
                "PUT|rooms/$room/send/t/1|{\"a\":1.$digits}",
                "PUT|rooms/$room/send/t/1|{\"$long\":1,\"$long\":2}",
                "PUT|rooms/$room/state/m.room.canonical_alias|{\"alias\":\"$words\"}",
                "PUT|rooms/$room/state/m.room.canonical_alias|{\"alias\":\"#$id:localhost\"}",
                "PUT|rooms/$room/state/m.room.power_levels|{\"users\":{\"$words\":100}}",
                "PUT|rooms/$room/state/m.room.member/@$id:localhost|{\"membership\":\"$words\"}",
                "GET|publicRooms?server=$long|",
                "GET|directory/room/%23$id:localhost|",
                "GET|profile/@$id:localhost|",
                "GET|pushrules/$long/|",
                "GET|pushrules/global/$long/a|",
                "PUT|pushrules/global/room/!a:b?before=$long|{\"actions\":[]}",
                "PUT|profile/@alice:localhost/$long|{\"$long\":1}",
                "GET|sync?filter=$long|",
                "GET|sync?set_presence=$long|",
                "GET|rooms/$room/messages?dir=$long|",
                "GET|rooms/$room/members?membership=$long|",
                "POST|rooms/$room/receipt/$long/$id|{}",
                "POST|login|{\"type\":\"$words\"}",
                "POST|login|{\"type\":\"m.login.password\",\"user\":\"$words\",\"password\":\"x\"}",
                "POST|register|{\"auth\":{\"type\":\"$words\",\"session\":\"$words\"}}",
            })
    void isRepeatedInPartOnly(String method, String path, String body) {
        TestHearth.Answer answer =
                server.send(
                        method,
                        "/_matrix/client/v3/" + filled(path),
                        alice.token(),
                        body == null ? null : filled(body));
        assertTrue(answer.status() >= 400 && answer.status() < 500, answer.outcome());
        String text = answer.json().toString();
        long repeated = text.chars().filter(c -> c == 'q' || c == '7').count();
        assertTrue(repeated <= CHARS_MAX, text);
    }

    private String filled(String template) {
        return template.replace("$room", room)
                .replace("$long", "q".repeat(3_000))
                .replace("$words", "qqq ".repeat(1_000))
                .replace("$digits", "7".repeat(3_000))
                .replace("$id", "q".repeat(230));
    }
}
