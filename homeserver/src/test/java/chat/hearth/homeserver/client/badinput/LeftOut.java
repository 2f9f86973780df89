package chat.hearth.homeserver.client.badinput;

import java.util.List;
import java.util.Map;

/// What [BadInputs#LIST] has about operations that are not served. Each has a line that proves it,
/// so that whoever serves the operation is told to write its lines.
final class LeftOut {
    /// Numbers of which nothing is served, and why.
    static final Map<String, String> WHOLE =
            Map.of(
                    "C12", "there are no operations for administrators over HTTP",
                    "C14", "the server sends no mail",
                    "C16", "there are no application services");

    private LeftOut() {}

    static List<Row> rows() {
        return List.of(
                unserved("C7", "single sign-on").get("login/sso/redirect"),
                unserved("C12", "who is on which device")
                        .get("/_matrix/client/v3/admin/whois/$bob"),
                unserved("C12", "locking").put("/_matrix/client/v1/admin/lock/$bob", "{}"),
                unserved("C12", "suspending").put("/_matrix/client/v1/admin/suspend/$bob", "{}"),
                unserved("C12", "accounts of tools without a secret")
                        .get("/_synapse/admin/v1/register"),
                unserved("C14", "mail to register").post("register/email/requestToken", "{}"),
                unserved("C14", "mail for a password")
                        .post("account/password/email/requestToken", "{}"),
                unserved("C14", "mail for an address")
                        .post("account/3pid/email/requestToken", "{}"),
                unserved("C16", "ping of application services")
                        .post("/_matrix/client/v1/appservice/x/ping", "{}"),
                unserved("C19", "relations").get("/_matrix/client/v1/rooms/$room/relations/$event"),
                unserved("C38", "search").post("search", "{}"),
                unserved("C60", "hierarchy").get("/_matrix/client/v1/rooms/$room/hierarchy"));
    }

    private static Row unserved(String number, String what) {
        return Row.of(number, "not served: " + what).by("alice").is(404, "M_UNRECOGNIZED");
    }
}
