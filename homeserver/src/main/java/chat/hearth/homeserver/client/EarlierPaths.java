package chat.hearth.homeserver.client;

import chat.hearth.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The paths that operations had before the specification counted its versions from v1.1: those of
/// `/_matrix/client/v3` were the same under `/_matrix/client/r0`. Many clients still ask there.
public final class EarlierPaths {
    private static final String NOW = "/_matrix/client/v3/";
    private static final String EARLIER = "/_matrix/client/r0/";

    /// The operations of `v3` that came after
    /// [r0.6.1](https://matrix.org/docs/spec/client_server/r0.6.1), as the specification says when
    /// each was added. A test compares them with its data.
    private static final Set<String> LATER =
            Set.of(
                    "DELETE /_matrix/client/v3/profile/{}/{}",
                    "DELETE /_matrix/client/v3/room_keys/keys",
                    "DELETE /_matrix/client/v3/room_keys/keys/{}",
                    "DELETE /_matrix/client/v3/room_keys/keys/{}/{}",
                    "DELETE /_matrix/client/v3/room_keys/version/{}",
                    "GET /_matrix/client/v3/login/sso/redirect",
                    "GET /_matrix/client/v3/login/sso/redirect/{}",
                    "GET /_matrix/client/v3/room_keys/keys",
                    "GET /_matrix/client/v3/room_keys/keys/{}",
                    "GET /_matrix/client/v3/room_keys/keys/{}/{}",
                    "GET /_matrix/client/v3/room_keys/version",
                    "GET /_matrix/client/v3/room_keys/version/{}",
                    "POST /_matrix/client/v3/keys/device_signing/upload",
                    "POST /_matrix/client/v3/keys/signatures/upload",
                    "POST /_matrix/client/v3/knock/{}",
                    "POST /_matrix/client/v3/refresh",
                    "POST /_matrix/client/v3/room_keys/version",
                    "POST /_matrix/client/v3/rooms/{}/report",
                    "POST /_matrix/client/v3/users/{}/report",
                    "PUT /_matrix/client/v3/room_keys/keys",
                    "PUT /_matrix/client/v3/room_keys/keys/{}",
                    "PUT /_matrix/client/v3/room_keys/keys/{}/{}",
                    "PUT /_matrix/client/v3/room_keys/version/{}");

    private EarlierPaths() {}

    /// `routes`, and each that had one at its earlier path too.
    public static List<Route> with(List<Route> routes) {
        var all = new ArrayList<Route>(routes);
        for (Route route : routes) {
            String path = route.template().toString();
            if (path.startsWith(NOW) && !isLater(route.operation())) {
                all.add(route.at(EARLIER + path.substring(NOW.length())));
            }
        }
        return all;
    }

    private static String plain(String operation) {
        return operation.replaceAll("\\{[^}]*}", "{}");
    }

    /// Whether an operation came after the earlier paths.
    static boolean isLater(String operation) {
        return LATER.contains(plain(operation));
    }
}
