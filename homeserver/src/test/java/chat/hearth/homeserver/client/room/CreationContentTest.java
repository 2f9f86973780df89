package chat.hearth.homeserver.client.room;

import static chat.hearth.homeserver.TestClient.in;
import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.hearth.homeserver.AliceAndBob;
import chat.hearth.protocol.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a client puts into the first event of a room, and what the server says there itself. See
/// [Creation](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3createroom).
final class CreationContentTest extends AliceAndBob {
    @ParameterizedTest
    @CsvSource({"1, true", "10, true", "11, false", "12, false"})
    void whoMadeTheRoomAndItsVersionAreTheServersToSay(String version, boolean named) {
        String room =
                alice.createRoom(
                        """
                        {"room_version": "%s", "creation_content":
                         {"creator": "%s", "room_version": "3", "org.example.note": "kept"}}
                        """
                                .formatted(version, bob.userId()));

        JsonObject create = alice.get(in(room, "state/m.room.create")).body();

        assertEquals(Optional.of(version), create.string("room_version"));
        assertEquals(
                named ? Optional.of(alice.userId()) : Optional.empty(), create.string("creator"));
        assertEquals(Optional.of("kept"), create.string("org.example.note"));
    }
}
