package chat.hearth.homeserver.client.room;

import chat.hearth.http.Access;
import chat.hearth.http.BodySink;
import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.http.limit.RateLimiter;
import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.history.EventRenderer;
import chat.hearth.rooms.history.RoomMembers;
import chat.hearth.rooms.history.RoomReader;
import chat.hearth.rooms.history.RoomReading;
import chat.hearth.rooms.history.StateReader;
import chat.hearth.storage.StoredEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/// `GET /_matrix/client/v3/rooms/{roomId}/event/{eventId}`, `/state`,
/// `/state/{eventType}/{stateKey}`, `/members` and `/joined_members`: reads a room. A single event
/// is asked for by its id, so it is given even when the user ignores its sender.
///
/// See [Getting events for a
/// room](https://spec.matrix.org/v1.19/client-server-api/#getting-events-for-a-room).
final class RoomsEndpoint {
    private static final String ROOM = "/_matrix/client/v3/rooms/{roomId}";

    private final RoomReader reader;
    private final StateReader states;
    private final RoomMembers members;
    private final EventRenderer renderer;
    private final StateList list;
    private final RateLimiter limiter;

    RoomsEndpoint(
            RoomReader reader,
            StateReader states,
            RoomMembers members,
            EventRenderer renderer,
            StateList list,
            RateLimiter limiter) {
        this.reader = reader;
        this.states = states;
        this.members = members;
        this.renderer = renderer;
        this.list = list;
        this.limiter = limiter;
    }

    List<Route> routes() {
        return List.of(
                        Route.get(ROOM + "/event/{eventId}", this::event),
                        Route.get(ROOM + "/state", this::state)
                                .withAnswerLimit(Route.LIST_ANSWER_BYTES_MAX),
                        Route.get(ROOM + "/state/{eventType}", r -> stateEvent(r, "")),
                        Route.get(
                                ROOM + "/state/{eventType}/{stateKey}",
                                r -> stateEvent(r, r.path("stateKey"))),
                        Route.get(ROOM + "/members", this::members)
                                .withAnswerLimit(Route.LIST_ANSWER_BYTES_MAX),
                        Route.get(ROOM + "/joined_members", this::joinedMembers)
                                .withAnswerLimit(Route.LIST_ANSWER_BYTES_MAX))
                .stream()
                .map(route -> route.withAccess(Access.USER_OR_GUEST).withRateLimit(limiter))
                .toList();
    }

    private Response event(Request request) {
        Requester requester = request.requester();
        RoomId room = Requests.roomId(request);
        RoomReader.Seen seen = reader.event(room, Requests.eventId(request), requester.userId());
        var viewer = new EventRenderer.Viewer(seen.sight(), requester.user(), requester.device());
        return Response.json(renderer.event(seen.event(), viewer, room));
    }

    private Response state(Request request) {
        RoomReading reading = open(request);
        long[] state = states.all(reading.stateVersion());
        return Response.json(
                stream ->
                        list.write(new BodySink(stream), reading, state, UnaryOperator.identity()));
    }

    private Response stateEvent(Request request, String stateKey) {
        RoomReading reading = open(request);
        boolean whole = wantsWholeEvent(request);
        StoredEvent event =
                states.at(reading.stateVersion(), new StateKey(request.path("eventType"), stateKey))
                        .orElseThrow(() -> MatrixException.notFound("There is no such state"));
        if (!whole) {
            return Response.json(ClientEvent.content(reading.sight().shown(event).clientJson()));
        }
        var out = new JsonWriter(event.clientJson().length + 256);
        renderer.writeState(out, List.of(event), reading.sight(), reading.room().id());
        return Response.json(out.toBytes());
    }

    private static boolean wantsWholeEvent(Request request) {
        return switch (request.query("format").orElse("content")) {
            case "content" -> false;
            case "event" -> true;
            default -> throw MatrixException.invalidParam("format must be content or event");
        };
    }

    private Response members(Request request) {
        RoomReading reading = open(request);
        OptionalLong at = Requests.position(request, "at");
        Set<Membership> wanted = wanted(request);
        return Response.json(
                stream -> {
                    var out = new BodySink(stream);
                    out.write("{\"chunk\":[");
                    members.list(reading, at, wanted, list.elements(out, reading));
                    out.write("]}");
                });
    }

    /// Where both are given, either will do.
    private static Set<Membership> wanted(Request request) {
        Optional<Membership> only = request.query("membership", Membership::find);
        Optional<Membership> not = request.query("not_membership", Membership::find);
        if (not.isEmpty()) {
            return only.map(EnumSet::of).orElse(EnumSet.allOf(Membership.class));
        }
        Set<Membership> wanted = EnumSet.complementOf(EnumSet.of(not.get()));
        only.ifPresent(wanted::add);
        return wanted;
    }

    private Response joinedMembers(Request request) {
        RoomReading reading = open(request);
        return Response.json(
                stream -> {
                    var out = new BodySink(stream);
                    var separator = new StateList.Separator();
                    out.write("{\"joined\":{");
                    members.joined(reading, some -> writeJoined(out, separator, some));
                    out.write("}}");
                });
    }

    private static void writeJoined(
            BodySink out, StateList.Separator separator, List<RoomMembers.Joined> some) {
        var json = new JsonWriter();
        for (RoomMembers.Joined member : some) {
            separator.write(json);
            json.string(member.user())
                    .ascii(':')
                    .value(
                            JsonObject.builder()
                                    .putIfPresent(
                                            "display_name",
                                            member.content().string("displayname").orElse(null))
                                    .putIfPresent(
                                            "avatar_url",
                                            member.content().string("avatar_url").orElse(null))
                                    .build());
        }
        out.write(json);
    }

    private RoomReading open(Request request) {
        return reader.open(Requests.roomId(request), Requests.userId(request));
    }
}
