package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.homeserver.account.AuthRequest;
import chat.hearth.http.Access;
import chat.hearth.http.Request;
import chat.hearth.http.Required;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.storage.Account;
import chat.hearth.storage.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `GET /_matrix/client/v3/devices`, `GET`, `PUT` and `DELETE
/// /_matrix/client/v3/devices/{deviceId}`, and `POST /_matrix/client/v3/delete_devices`.
///
/// See [Device management](https://spec.matrix.org/v1.19/client-server-api/#device-management).
final class DeviceManagementEndpoint {
    /// Enough to name some thousand devices.
    private static final int LIST_BODY_BYTES_MAX = 192 * 1024;

    private static final String LIST = "/_matrix/client/v3/devices";
    private static final String ONE = LIST + "/{deviceId}";

    private final AccountServices services;
    private final Interactive interactive;

    DeviceManagementEndpoint(AccountServices services) {
        this.services = services;
        this.interactive = new Interactive(services.interactive());
    }

    List<Route> routes() {
        return List.of(
                Route.get(LIST, this::list)
                        .withAccess(Access.USER_OR_GUEST)
                        .withAnswerLimit(Route.LIST_ANSWER_BYTES_MAX),
                Route.get(ONE, this::one).withAccess(Access.USER_OR_GUEST),
                Route.put(ONE, this::rename).withAccess(Access.USER_OR_GUEST),
                Route.delete(ONE, this::delete).withRateLimit(services.limits().other()),
                Route.post("/_matrix/client/v3/delete_devices", this::deleteAll)
                        .withBodyLimit(LIST_BODY_BYTES_MAX)
                        .withRateLimit(services.limits().other()));
    }

    private Response list(Request request) {
        List<JsonValue> devices = new ArrayList<>();
        services.devices()
                .of(request.requester().user())
                .forEach(device -> devices.add(describe(device)));
        return Response.json(JsonObject.builder().put("devices", new JsonArray(devices)).build());
    }

    private Response one(Request request) {
        return Response.json(
                describe(
                        services.devices()
                                .require(request.requester().user(), request.path("deviceId"))));
    }

    private static JsonObject describe(Device device) {
        var answer =
                JsonObject.builder()
                        .put("device_id", device.deviceId())
                        .putIfPresent("display_name", device.displayName())
                        .putIfPresent("last_seen_ip", device.lastSeenIp());
        if (device.lastSeenTs() != 0) {
            answer.put("last_seen_ts", device.lastSeenTs());
        }
        return answer.build();
    }

    /// What a device is called from now on.
    public record Rename(@Nullable String displayName) {}

    private Response rename(Request request) {
        Rename wanted = request.body(Rename.class);
        int user = request.requester().user();
        Device device = services.devices().require(user, request.path("deviceId"));
        if (wanted.displayName() != null) {
            services.devices().rename(user, device.deviceId(), wanted.displayName());
        }
        return Response.empty();
    }

    private Response delete(Request request) {
        String deviceId = request.path("deviceId");
        String target = request.operation() + " " + deviceId;
        return delete(request, target, request.jsonOrEmpty(), _ -> List.of(deviceId));
    }

    /// The devices to delete.
    public record Deletion(@Nullable List<String> devices) {}

    private Response deleteAll(Request request) {
        JsonObject body = request.json();
        if (!body.without(AuthRequest.AUTH).isEmpty() || !AuthRequest.isProof(body)) {
            devices(request, body);
        }
        return delete(request, request.operation(), body, passed -> devices(request, passed));
    }

    private static List<String> devices(Request request, JsonObject body) {
        return Required.of(request.bind(body, Deletion.class).devices(), "devices");
    }

    private interface Selection {
        List<String> devices(JsonObject body);
    }

    private Response delete(Request request, String target, JsonObject body, Selection selection) {
        Account account = services.accounts().require(request.requester().user());
        return interactive.run(
                AuthRequest.withPassword(
                        target,
                        account,
                        body,
                        Set.of("devices"),
                        request.clientNetwork(),
                        request.lease()),
                passed -> {
                    services.devices().remove(account.user(), selection.devices(passed.body()));
                    return Response.empty();
                });
    }
}
