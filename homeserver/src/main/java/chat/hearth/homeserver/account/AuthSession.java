package chat.hearth.homeserver.account;

import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.storage.Account;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The course of one interactive authentication, bound to the request that began it. Safe for use
/// by several threads.
final class AuthSession {
    private final String id;
    private final AuthRequest first;
    private final List<String> completed = new ArrayList<>();
    private @Nullable String registrationToken;
    private boolean claimed;

    AuthSession(String id, AuthRequest first) {
        this.id = id;
        this.first = first;
    }

    String id() {
        return id;
    }

    @Nullable Account account() {
        return first.account();
    }

    /// The body of the first request, which later ones may leave out.
    JsonObject firstBody() {
        return first.bodyWithoutAuth();
    }

    /// Whether `request` is the one that began this session, or goes on with it.
    boolean isOf(AuthRequest request) {
        return first.target().equals(request.target())
                && user(first) == user(request)
                && first.flows().equals(request.flows())
                && (first.bodyMayChange()
                        || request.bodyWithoutAuth().isEmpty()
                        || request.bodyWithoutAuth().equals(firstBody()));
    }

    private static int user(AuthRequest request) {
        Account account = request.account();
        return account == null ? 0 : account.user();
    }

    /// Whether a stage comes next in one of the flows.
    synchronized boolean isNext(String stage) {
        int done = completed.size();
        return first.flows().stream()
                .anyMatch(
                        flow ->
                                flow.size() > done
                                        && flow.subList(0, done).equals(completed)
                                        && flow.get(done).equals(stage));
    }

    boolean offers(String stage) {
        return first.flows().stream().anyMatch(flow -> flow.contains(stage));
    }

    synchronized boolean hasCompleted(String stage) {
        return completed.contains(stage);
    }

    synchronized void complete(String stage) {
        if (isNext(stage)) {
            completed.add(stage);
        }
    }

    /// Takes back what was proved, so that it has to be proved again.
    synchronized void reset() {
        completed.clear();
        registrationToken = null;
    }

    /// The registration token that was proved.
    synchronized @Nullable String registrationToken() {
        return registrationToken;
    }

    synchronized void keepRegistrationToken(String token) {
        registrationToken = token;
    }

    /// Lets one request that has proved everything go ahead; others wait for nothing and start
    /// anew.
    synchronized boolean claim() {
        if (claimed || !first.flows().contains(completed)) {
            return false;
        }
        claimed = true;
        return true;
    }

    synchronized boolean isClaimed() {
        return claimed;
    }

    /// The request that went ahead failed and may come again.
    synchronized void giveBack() {
        claimed = false;
    }

    /// What clients are told of this session.
    synchronized JsonObject describe() {
        List<JsonObject> flows =
                first.flows().stream()
                        .map(
                                flow ->
                                        JsonObject.builder()
                                                .put("stages", JsonArray.ofStrings(flow))
                                                .build())
                        .toList();
        return JsonObject.builder()
                .put("flows", new JsonArray(List.<JsonValue>copyOf(flows)))
                .put("params", JsonObject.EMPTY)
                .put("session", id)
                .put("completed", JsonArray.ofStrings(completed))
                .build();
    }
}
