package chat.hearth.homeserver.account;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.Account;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Lets people prove who they are, stage by stage, before something is done for them. A session
/// belongs to one user and one request; with it nothing else can be done. Sessions live in memory:
/// after a restart a client begins anew. Safe for use by several threads.
///
/// See [User-Interactive Authentication
/// API](https://spec.matrix.org/v1.19/client-server-api/#user-interactive-authentication-api).
public final class UserInteractiveAuth {
    /// A session that nobody goes on with ends after this.
    public static final Duration SESSION_IDLE_MAX = Duration.ofMinutes(15);

    /// How much the sessions may hold: about 10,000 of those that registering begins.
    private static final long SESSIONS_BYTES_MAX = 10L << 20;

    /// The part of the heap that they may hold, if that is less. It is a quarter of what one user
    /// or address may: sessions that nobody goes on with leave room for requests of the same
    /// address.
    private static final int HEAP_PART = 64;

    private static final int SESSION_ID_BYTES = 18;

    private final Map<String, AuthStage> stages;
    private final RandomGenerator random;
    private final Cache<String, AuthSession> sessions;

    /// @param bytesMax how much the sessions may hold; beyond it those that were used least end
    UserInteractiveAuth(
            Map<String, AuthStage> stages,
            RandomGenerator random,
            LongSupplier nanoTime,
            long bytesMax) {
        this.stages = Map.copyOf(stages);
        this.random = random;
        this.sessions =
                Caffeine.newBuilder()
                        .executor(Runnable::run)
                        .expireAfterAccess(SESSION_IDLE_MAX)
                        .maximumWeight(bytesMax)
                        .weigher((String _, AuthSession session) -> session.bytes())
                        .removalListener(UserInteractiveAuth::removed)
                        .ticker(nanoTime::getAsLong)
                        .build();
    }

    private static void removed(
            @Nullable String id, @Nullable AuthSession session, RemovalCause cause) {
        if (session != null) {
            session.end();
        }
    }

    /// How much the sessions of a server may hold, in bytes.
    static long bytesMax(long heapBytes) {
        return Math.min(SESSIONS_BYTES_MAX, heapBytes / HEAP_PART);
    }

    /// How an attempt to prove something ended.
    public sealed interface Outcome {
        /// More has to be proved: the body of a response with status 401.
        record Challenge(JsonObject body) implements Outcome {}

        /// Everything is proved. Whoever gets this does what was asked for and says how it went,
        /// see [UserInteractiveAuth#succeeded] and [UserInteractiveAuth#failed].
        ///
        /// @param session the session
        /// @param body the request's body without `auth`, or the first request's if it left it out
        record Passed(SessionId session, JsonObject body) implements Outcome {
            /// The body may hold passwords.
            @Override
            public String toString() {
                return "Passed";
            }
        }
    }

    /// A session that was passed.
    public static final class SessionId {
        private final AuthSession session;

        private SessionId(AuthSession session) {
            this.session = session;
        }

        /// The registration token that was proved, if one was.
        public Optional<String> registrationToken() {
            return Optional.ofNullable(session.registrationToken());
        }
    }

    /// Takes one step.
    ///
    /// @throws MatrixException 400 when `auth` is malformed, 429 after too many wrong passwords,
    ///   429 or 503 when there is no memory for a session
    public Outcome attempt(AuthRequest request) {
        if (!AuthRequest.isProof(request.body())) {
            return challenge(begin(request), null);
        }
        if (!(request.body().value(AuthRequest.AUTH) instanceof JsonObject auth)) {
            throw MatrixException.badJson("auth must be an object");
        }
        Optional<String> id = TextMember.find(auth, "session");
        AuthSession session = id.isEmpty() ? begin(request) : find(id.get()).orElse(null);
        if (session == null || session.isClaimed() || !session.isOf(request)) {
            return challenge(
                    begin(request), unauthorized("The session is not one of this request"));
        }
        MatrixException refusal = step(session, auth, request.address());
        if (refusal == null && session.claim()) {
            JsonObject body = request.bodyWithoutAuth();
            return new Outcome.Passed(
                    new SessionId(session), body.isEmpty() ? session.firstBody() : body);
        }
        return challenge(isOver(session) ? begin(request) : session, refusal);
    }

    /// Whether a session ended, as those do in which too much was tried.
    private boolean isOver(AuthSession session) {
        return find(session.id()).isEmpty();
    }

    /// Lets pass when a stage can be proved in a session from outside of its request.
    ///
    /// @throws MatrixException 404 for an unknown session, or a stage that is not one of it
    public void requireStage(String sessionId, String stage) {
        if (!require(sessionId).offers(stage)) {
            throw MatrixException.notFound("The session has no such stage");
        }
    }

    /// Proves something in a session from outside of its request: on a page in a browser.
    ///
    /// @param stage the type of what is proved
    /// @param proof what was typed, under the name that it has in `auth`
    /// @param address where the page was opened
    /// @return why it was refused, empty when it was not
    /// @throws MatrixException 404 for an unknown session
    public Optional<String> proveOutside(
            String sessionId, String stage, JsonObject proof, String address) {
        AuthSession session = require(sessionId);
        var auth = JsonObject.builder().putAll(proof).put("type", stage);
        Account account = session.account();
        if (account != null) {
            auth.put("user", account.userId().value());
        }
        return Optional.ofNullable(step(session, auth.build(), address)).map(MatrixException::text);
    }

    private AuthSession require(String sessionId) {
        return find(sessionId).orElseThrow(() -> MatrixException.notFound("The session has ended"));
    }

    /// What was asked for is done: the session is over.
    public void succeeded(SessionId passed) {
        sessions.invalidate(passed.session.id());
    }

    /// What was asked for could not be done: the request may come again.
    public void failed(SessionId passed) {
        passed.session.giveBack();
    }

    /// What was proved is no longer true: all of it has to be proved again.
    ///
    /// @param refusal what to tell the client
    public Outcome.Challenge proveAgain(SessionId passed, MatrixException refusal) {
        passed.session.reset();
        return challenge(passed.session, refusal);
    }

    private @Nullable MatrixException step(AuthSession session, JsonObject auth, String address) {
        String type = TextMember.find(auth, "type").orElse(null);
        if (type == null || session.hasCompleted(type)) {
            return null;
        }
        AuthStage stage = stages.get(type);
        if (stage == null || !session.offers(type)) {
            return new MatrixException(
                    ErrCode.M_UNRECOGNIZED, 401, "This kind of authentication is not offered");
        }
        if (!session.isNext(type)) {
            return unauthorized("Another stage comes first");
        }
        try {
            stage.prove(session, auth, address);
        } catch (MatrixException refused) {
            if (refused.status() == 401 || refused.status() == 403) {
                endAfterTooMany(session);
            }
            if (refused.status() == 401) {
                return refused;
            }
            throw refused;
        }
        session.complete(type);
        return null;
    }

    private void endAfterTooMany(AuthSession session) {
        if (session.fail()) {
            sessions.invalidate(session.id());
        }
    }

    private AuthSession begin(AuthRequest request) {
        var bytes = new byte[SESSION_ID_BYTES];
        random.nextBytes(bytes);
        var session =
                new AuthSession(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), request);
        sessions.put(session.id(), session);
        return session;
    }

    private Optional<AuthSession> find(String id) {
        return Optional.ofNullable(sessions.getIfPresent(id));
    }

    private static Outcome.Challenge challenge(
            AuthSession session, @Nullable MatrixException refusal) {
        if (refusal == null) {
            return new Outcome.Challenge(session.describe());
        }
        return new Outcome.Challenge(
                JsonObject.builder()
                        .put("errcode", refusal.errCode().name())
                        .put("error", refusal.text())
                        .putAll(session.describe())
                        .build());
    }

    static MatrixException unauthorized(String message) {
        return new MatrixException(ErrCode.M_FORBIDDEN, 401, message);
    }

    /// The stages that this server knows, by type.
    static Map<String, AuthStage> stages(AuthStage password, AuthStage registrationToken) {
        return Map.of(
                AuthStage.DUMMY,
                (_, _, _) -> {},
                AuthStage.PASSWORD,
                password,
                AuthStage.REGISTRATION_TOKEN,
                registrationToken);
    }
}
