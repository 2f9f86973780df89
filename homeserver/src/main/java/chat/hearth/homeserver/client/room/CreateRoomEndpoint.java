package chat.hearth.homeserver.client.room;

import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomAlias;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonNull;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.create.NewRoom;
import chat.hearth.rooms.create.NewRoom.InitialState;
import chat.hearth.rooms.create.Preset;
import chat.hearth.rooms.create.RoomCreation;
import chat.hearth.rooms.profile.MemberProfiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST /_matrix/client/v3/createRoom`: makes a room.
///
/// See [Creation](https://spec.matrix.org/v1.19/client-server-api/#creation).
final class CreateRoomEndpoint {
    private static final String PUBLIC = "public";

    /// So many events about begin a room that nothing else is asked for.
    private static final int FIRST_EVENTS = 6;

    private final ServerName server;
    private final RoomCreation creation;
    private final MemberProfiles profiles;
    private final RoomLimits limits;

    CreateRoomEndpoint(
            ServerName server, RoomCreation creation, MemberProfiles profiles, RoomLimits limits) {
        this.server = server;
        this.creation = creation;
        this.profiles = profiles;
        this.limits = limits;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/_matrix/client/v3/createRoom", this::create)
                        .withRateLimit(limits.join()));
    }

    /// The request's body.
    public record Body(
            @Nullable String visibility,
            @Nullable String roomAliasName,
            @Nullable String name,
            @Nullable String topic,
            @Nullable List<String> invite,
            @Nullable String roomVersion,
            @Nullable JsonObject creationContent,
            @Nullable List<StateEvent> initialState,
            @Nullable String preset,
            @Nullable Boolean isDirect,
            @Nullable JsonObject powerLevelContentOverride) {}

    /// An element of `initial_state`.
    public record StateEvent(
            @Nullable String type, @Nullable String stateKey, @Nullable JsonObject content) {}

    private Response create(Request request) {
        Requester requester = Requests.active(request);
        JsonObject json = request.jsonOrEmpty();
        refuseAddresses(json.value("invite_3pid"));
        Body body = request.bind(json, Body.class);
        NewRoom room = room(requester.userId(), body);
        pay(requester, room);
        return Response.json("room_id", creation.create(room).value());
    }

    private void pay(Requester requester, NewRoom room) {
        int invites = room.invites().size();
        limits.budget().pay(requester, FIRST_EVENTS + room.initialState().size() + invites);
        if (invites > 0 && requester.rateLimited()) {
            limits.invite().acquire(requester.userId().value(), invites);
        }
    }

    private static void refuseAddresses(@Nullable JsonValue invites) {
        switch (invites) {
            case null -> {}
            case JsonNull _ -> {}
            case JsonArray none when none.size() == 0 -> {}
            case JsonArray _ ->
                    throw new MatrixException(
                            ErrCode.M_THREEPID_DENIED, 403, "This server invites by user id only");
            case JsonValue _ -> throw MatrixException.badJson("invite_3pid must be a list");
        }
    }

    private NewRoom room(UserId creator, Body body) {
        boolean listed = isPublic(body.visibility());
        return new NewRoom(
                creator,
                profiles.of(creator),
                version(body.roomVersion()),
                preset(body.preset(), listed),
                orEmpty(body.creationContent()),
                orEmpty(body.powerLevelContentOverride()),
                initialState(body.initialState()),
                body.name(),
                body.topic(),
                alias(body.roomAliasName()),
                invites(creator, body.invite()),
                Boolean.TRUE.equals(body.isDirect()),
                listed);
    }

    private static JsonObject orEmpty(@Nullable JsonObject object) {
        return object == null ? JsonObject.EMPTY : object;
    }

    private static boolean isPublic(@Nullable String visibility) {
        return switch (visibility) {
            case null -> false;
            case PUBLIC -> true;
            case "private" -> false;
            default -> throw MatrixException.invalidParam("visibility must be public or private");
        };
    }

    private static RoomVersion version(@Nullable String version) {
        return version == null
                ? RoomVersion.DEFAULT
                : RoomVersion.find(version)
                        .orElseThrow(
                                () ->
                                        new MatrixException(
                                                ErrCode.M_UNSUPPORTED_ROOM_VERSION,
                                                400,
                                                "There is no room version " + version));
    }

    private static Preset preset(@Nullable String preset, boolean listed) {
        if (preset == null) {
            return listed ? Preset.PUBLIC_CHAT : Preset.PRIVATE_CHAT;
        }
        return Preset.find(preset)
                .orElseThrow(() -> MatrixException.invalidParam("There is no preset " + preset));
    }

    private static List<InitialState> initialState(@Nullable List<StateEvent> events) {
        return events == null
                ? List.of()
                : events.stream().map(CreateRoomEndpoint::initialState).toList();
    }

    private static InitialState initialState(StateEvent event) {
        if (event.type() == null || event.content() == null) {
            throw new MatrixException(
                    ErrCode.M_INVALID_ROOM_STATE, 400, "initial_state needs type and content");
        }
        String stateKey = event.stateKey() == null ? "" : event.stateKey();
        return new InitialState(event.type(), stateKey, event.content());
    }

    private @Nullable RoomAlias alias(@Nullable String localpart) {
        if (localpart == null) {
            return null;
        }
        String text = "#" + localpart + ":" + server.value();
        return RoomAlias.parse(text)
                .filter(alias -> alias.isOn(server))
                .orElseThrow(
                        () -> MatrixException.invalidParam("room_alias_name makes no valid alias"));
    }

    private Map<UserId, JsonObject> invites(UserId creator, @Nullable List<String> invite) {
        Map<UserId, JsonObject> invites = new LinkedHashMap<>();
        for (String text : invite == null ? List.<String>of() : invite) {
            UserId user =
                    UserId.parse(text)
                            .orElseThrow(
                                    () -> MatrixException.invalidParam(text + " is no user id"));
            if (!user.equals(creator)) {
                invites.put(user, profiles.of(user));
            }
        }
        return invites;
    }
}
