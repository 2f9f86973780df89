package chat.hearth.rooms.content;

import chat.hearth.protocol.acl.ServerAcl;
import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.auth.PowerLevels;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.EventDraft;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonInteger;
import chat.hearth.protocol.json.JsonNull;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// Refuses content that would do harm in a room and that no well-behaved client sends. The room
/// versions allow much of it, since servers must agree on old events; what is made here need not be
/// as bad. Safe for use by several threads.
///
/// See [Room events](https://spec.matrix.org/v1.19/client-server-api/#room-events).
public final class ContentChecks {
    private final ServerName server;

    /// Checks for events that are made on `server`.
    public ContentChecks(ServerName server) {
        this.server = server;
    }

    /// Checks an event by itself, without its room.
    ///
    /// @throws MatrixException 400 `M_BAD_JSON` that names what is wrong, 403 `M_THREEPID_DENIED`
    ///   for an invite by a third party's word
    public void check(EventDraft draft) {
        String stateKey = draft.stateKey();
        if (stateKey == null) {
            return;
        }
        if (draft.type().equals(EventTypes.MEMBER)) {
            checkMember(stateKey, draft.content());
        } else if (stateKey.isEmpty()) {
            checkOfRoom(draft.type(), draft.content());
        }
    }

    private void checkOfRoom(String type, JsonObject content) {
        switch (type) {
            case EventTypes.POWER_LEVELS -> checkPowerLevels(content);
            case EventTypes.SERVER_ACL -> checkAcl(content);
            case EventTypes.JOIN_RULES -> requireString(content, "join_rule");
            case EventTypes.HISTORY_VISIBILITY -> requireString(content, "history_visibility");
            case EventTypes.GUEST_ACCESS -> requireString(content, "guest_access");
            default -> {}
        }
    }

    private static void checkMember(String target, JsonObject content) {
        if (!UserId.isValid(target)) {
            throw MatrixException.badJson("The state key of m.room.member must be a user id");
        }
        if (content.string("membership").flatMap(Membership::find).isEmpty()) {
            throw MatrixException.badJson(
                    "membership must be one of invite, join, knock, leave and ban");
        }
        stringOrNull(content, "displayname");
        stringOrNull(content, "avatar_url");
        refuseThirdPartysWord(content);
    }

    /// Such an invite is for a server to make when an identity server says who was meant. The auth
    /// rules ask nothing else of it: neither whether its sender is in the room, nor whether its
    /// target already is.
    private static void refuseThirdPartysWord(JsonObject content) {
        if (content.has("third_party_invite")
                && content.string("membership").filter("invite"::equals).isPresent()) {
            throw new MatrixException(
                    ErrCode.M_THREEPID_DENIED, 403, "This server invites by user id only");
        }
    }

    /// Checks power levels: whole numbers that canonical JSON allows, in every room version, though
    /// the older ones also read strings.
    ///
    /// @throws MatrixException 400 `M_BAD_JSON` that names what is wrong
    public static void checkPowerLevels(JsonObject content) {
        for (String name : PowerLevels.NAMED) {
            if (content.has(name) && !(content.value(name) instanceof JsonInteger)) {
                throw notALevel(name);
            }
        }
        for (String name : PowerLevels.MAPS) {
            checkLevelMap(name, content.value(name));
        }
        for (String user : content.object("users").orElse(JsonObject.EMPTY).names()) {
            if (!UserId.isValid(user)) {
                throw MatrixException.badJson("users must name user ids");
            }
        }
    }

    private static void checkLevelMap(String name, @Nullable JsonValue levels) {
        switch (levels) {
            case null -> {}
            case JsonObject map -> {
                if (!map.members().values().stream().allMatch(JsonInteger.class::isInstance)) {
                    throw notALevel("Every value in " + name);
                }
            }
            case JsonValue _ -> throw MatrixException.badJson(name + " must be an object");
        }
    }

    private static MatrixException notALevel(String name) {
        return MatrixException.badJson(name + " must be an integer within ±(2^53-1)");
    }

    private void checkAcl(JsonObject content) {
        checkStrings(content, "allow");
        checkStrings(content, "deny");
        if (!ServerAcl.of(content).allows(server)) {
            throw MatrixException.badJson("The access list would shut out " + server.value());
        }
    }

    private static void checkStrings(JsonObject content, String name) {
        JsonValue value = content.value(name);
        boolean strings = value instanceof JsonArray array && array.strings().isPresent();
        if (value != null && !strings) {
            throw MatrixException.badJson(name + " must be a list of strings");
        }
    }

    private static void requireString(JsonObject content, String name) {
        if (content.string(name).isEmpty()) {
            throw MatrixException.badJson(name + " must be a string");
        }
    }

    private static void stringOrNull(JsonObject content, String name) {
        switch (content.value(name)) {
            case null -> {}
            case JsonString _, JsonNull _ -> {}
            case JsonValue _ -> throw MatrixException.badJson(name + " must be a string");
        }
    }
}
