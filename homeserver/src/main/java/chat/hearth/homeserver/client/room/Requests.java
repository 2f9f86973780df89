package chat.hearth.homeserver.client.room;

import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.filter.RoomEventFilter;
import chat.hearth.protocol.id.EventId;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonException;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.rooms.history.Scan;
import chat.hearth.rooms.stream.StreamToken;
import chat.hearth.storage.Direction;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/// What the endpoints of this package read from their requests in the same way.
final class Requests {
    private Requests() {}

    static RoomId roomId(Request request) {
        return request.path("roomId", RoomId::parse);
    }

    /// The event of the path; an id that is none names no event.
    static EventId eventId(Request request) {
        return EventId.parse(request.path("eventId"))
                .orElseThrow(() -> MatrixException.notFound("There is no such event"));
    }

    static UserId userId(Request request) {
        return request.requester().userId();
    }

    /// The requester, who must not be suspended.
    ///
    /// @throws MatrixException 403 `M_USER_SUSPENDED`
    static Requester active(Request request) {
        Requester requester = request.requester();
        if (requester.suspended()) {
            throw new MatrixException(
                    ErrCode.M_USER_SUSPENDED, 403, "Your account is suspended and may not do this");
        }
        return requester;
    }

    /// The position that the token in query parameter `name` stands for.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM` for what is no token
    static OptionalLong position(Request request, String name) {
        if (request.queryText(name).isEmpty()) {
            return OptionalLong.empty();
        }
        return request.query(name, StreamToken::parse)
                .map(token -> OptionalLong.of(token.position()))
                .orElse(OptionalLong.empty());
    }

    /// How long the server looks for what the request asks for.
    static Scan scan(Request request) {
        return new Scan(System::nanoTime, request::clientConnected);
    }

    /// The query parameter `dir`. The specification requires it; clients that leave it out know
    /// servers that then go forward.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM`
    static Direction direction(Request request) {
        return switch (request.query("dir").orElse("")) {
            case "b" -> Direction.BACKWARD;
            case "f", "" -> Direction.FORWARD;
            default -> throw MatrixException.invalidParam("dir must be b or f");
        };
    }

    /// The query parameter `limit`, cut to `max`.
    static int limit(Request request, int byDefault, int max) {
        return (int) Math.min(request.queryCount("limit").orElse(byDefault), max);
    }

    /// The query parameter `filter`: a filter as JSON text.
    ///
    /// @throws MatrixException 400 `M_NOT_JSON` or `M_BAD_JSON` when it is none
    static RoomEventFilter filter(Request request) {
        String text = request.query("filter").orElse("");
        if (text.isEmpty()) {
            return RoomEventFilter.ALL;
        }
        try {
            return RoomEventFilter.parse(JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonException e) {
            throw new MatrixException(ErrCode.M_NOT_JSON, 400, "filter is not valid JSON");
        }
    }
}
