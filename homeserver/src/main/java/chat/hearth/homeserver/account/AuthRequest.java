package chat.hearth.homeserver.account;

import chat.hearth.http.limit.ByteBudget;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.Account;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request to do something for which its sender has to prove something.
///
/// @param target what is to be done: method and path, with what stands in the path
/// @param account who wants to do it, null where nobody is logged in
/// @param flows the ways to prove it, each a list of stages in order
/// @param body the request's body, with `auth`
/// @param bodyMayChange whether the body may be another one from stage to stage
/// @param remembered the members of the body that the request needs when it comes again with
///   nothing but `auth`
/// @param address where the request comes from
/// @param memory what the request holds in memory, from whose share a session is kept
public record AuthRequest(
        String target,
        @Nullable Account account,
        List<List<String>> flows,
        JsonObject body,
        boolean bodyMayChange,
        Set<String> remembered,
        String address,
        ByteBudget.Lease memory) {
    /// The member of the body that proves something.
    public static final String AUTH = "auth";

    /// Something that a user does to their account, for which they give their password again.
    public static AuthRequest withPassword(
            String target,
            Account account,
            JsonObject body,
            Set<String> remembered,
            String address,
            ByteBudget.Lease memory) {
        return new AuthRequest(
                target,
                account,
                List.of(List.of(AuthStage.PASSWORD)),
                body,
                false,
                remembered,
                address,
                memory);
    }

    /// Whether a body tries to prove something; `null` counts as absent, as it does in records.
    public static boolean isProof(JsonObject body) {
        return body.hasValue(AUTH);
    }

    JsonObject bodyWithoutAuth() {
        return body.without(AUTH);
    }

    /// The body may hold passwords.
    @Override
    public String toString() {
        return "AuthRequest[" + target + "]";
    }
}
