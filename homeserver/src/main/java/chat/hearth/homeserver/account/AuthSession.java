package chat.hearth.homeserver.account;

import chat.hearth.http.limit.ByteBudget;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.storage.Account;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The course of one interactive authentication, bound to the request that began it. Of that
/// request's body it keeps a hash, and the few members that are needed later. Safe for use by
/// several threads.
final class AuthSession {
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    /// A session ends after so many failed attempts to prove something.
    static final int FAILURES_MAX = 5;

    /// What is remembered of a body, in bytes of JSON. A client that sends more has to send it
    /// again with its proof.
    static final int REMEMBERED_BYTES_MAX = 16 * 1024;

    /// What a session takes besides what it remembers of its request.
    private static final int SESSION_BYTES = 1_000;

    private final String id;
    private final String target;
    private final @Nullable Account account;
    private final List<List<String>> flows;
    private final boolean bodyMayChange;
    private final TokenHash bodyHash;
    private final byte[] remembered;
    private final ByteBudget.Lease held;
    private final List<String> completed = new ArrayList<>();
    private @Nullable String registrationToken;
    private int failures;
    private boolean claimed;

    /// @throws MatrixException 429 or 503 when there is no memory for it
    AuthSession(String id, AuthRequest first) {
        this.id = id;
        this.target = first.target();
        this.account = first.account();
        this.flows = first.flows();
        this.bodyMayChange = first.bodyMayChange();
        this.bodyHash = hash(first);
        this.remembered = remembered(first);
        this.held = first.memory().pin(bytes());
    }

    /// Equal bodies have equal hashes, in whichever order their members are.
    private static TokenHash hash(AuthRequest request) {
        return TokenHash.of(CanonicalJson.lenientBytes(request.bodyWithoutAuth()));
    }

    private static byte[] remembered(AuthRequest first) {
        var kept = JsonObject.builder();
        first.body()
                .members()
                .forEach(
                        (name, value) -> {
                            if (first.remembered().contains(name)) {
                                kept.put(name, value);
                            }
                        });
        byte[] json = JsonWriter.bytes(kept.build());
        return json.length > REMEMBERED_BYTES_MAX ? NOTHING : json;
    }

    String id() {
        return id;
    }

    @Nullable Account account() {
        return account;
    }

    /// What is remembered of the first request's body, which later ones may leave out.
    JsonObject firstBody() {
        return JsonReader.readObject(remembered);
    }

    /// How many bytes are remembered of the first request's body.
    int rememberedBytes() {
        return remembered.length;
    }

    /// How many bytes the session holds.
    int bytes() {
        return SESSION_BYTES + rememberedBytes();
    }

    /// Gives back the memory; to be called once, when nobody can find the session any more.
    void end() {
        held.close();
    }

    /// Whether `request` is the one that began this session, or goes on with it.
    boolean isOf(AuthRequest request) {
        return target.equals(request.target())
                && user(account) == user(request.account())
                && flows.equals(request.flows())
                && (bodyMayChange
                        || request.bodyWithoutAuth().isEmpty()
                        || hash(request).equals(bodyHash));
    }

    private static int user(@Nullable Account account) {
        return account == null ? 0 : account.user();
    }

    /// Whether a stage comes next in one of the flows.
    synchronized boolean isNext(String stage) {
        int done = completed.size();
        return flows.stream()
                .anyMatch(
                        flow ->
                                flow.size() > done
                                        && flow.subList(0, done).equals(completed)
                                        && flow.get(done).equals(stage));
    }

    boolean offers(String stage) {
        return flows.stream().anyMatch(flow -> flow.contains(stage));
    }

    synchronized boolean hasCompleted(String stage) {
        return completed.contains(stage);
    }

    synchronized void complete(String stage) {
        if (isNext(stage)) {
            completed.add(stage);
        }
    }

    /// Notes that a proof was refused.
    ///
    /// @return whether the session has ended, because it was one too many
    synchronized boolean fail() {
        failures++;
        return failures >= FAILURES_MAX;
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

    /// Lets one request that has proved everything go ahead; others begin a new session.
    synchronized boolean claim() {
        if (claimed || !flows.contains(completed)) {
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
        List<JsonObject> described =
                flows.stream()
                        .map(
                                flow ->
                                        JsonObject.builder()
                                                .put("stages", JsonArray.ofStrings(flow))
                                                .build())
                        .toList();
        return JsonObject.builder()
                .put("flows", new JsonArray(List.<JsonValue>copyOf(described)))
                .put("params", JsonObject.EMPTY)
                .put("session", id)
                .put("completed", JsonArray.ofStrings(completed))
                .build();
    }
}
