package chat.hearth.http.limit;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The memory that all requests of the process may hold together, with a share for each user and
/// address. What a request is about to allocate it takes first, in estimated bytes of heap; what is
/// not there is refused at once, so that requests which cost much are turned away before they cost
/// anything. Requests whose user is not known have half of it together: addresses are easily had,
/// and users go on being served however many are used against the server.
///
/// Only what is held is remembered, so it needs no bound of its own. Safe for use by any number of
/// threads; a [Lease] belongs to one.
public final class ByteBudget {
    private static final long RETRY_AFTER_MILLIS = 1_000;

    /// The part of the whole for requests whose user is not known.
    private static final int STRANGERS_PART = 2;

    private final long totalBytes;
    private final long shareBytes;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong heldByStrangers = new AtomicLong();
    private final ConcurrentHashMap<String, Long> shares = new ConcurrentHashMap<>();

    /// A budget of which nothing is taken.
    ///
    /// @param totalBytes for all requests
    /// @param shareBytes for those of one user or address
    public ByteBudget(long totalBytes, long shareBytes) {
        this.totalBytes = totalBytes;
        this.shareBytes = shareBytes;
    }

    /// What is taken now, in bytes.
    public long heldBytes() {
        return held.get();
    }

    /// What one request takes whose user is not known yet. It has to be closed when the request is
    /// over.
    ///
    /// @param address whose share it is; null for an address that many clients have in common,
    ///   which has no share
    public Lease open(@Nullable String address) {
        return new Lease(address, false);
    }

    private void take(@Nullable String key, boolean ofUser, long bytes) {
        if (key != null) {
            shares.compute(key, (_, share) -> more(share == null ? 0 : share, bytes));
        }
        long strangers = ofUser ? 0 : heldByStrangers.addAndGet(bytes);
        if (held.addAndGet(bytes) > totalBytes || strangers > totalBytes / STRANGERS_PART) {
            giveBack(key, ofUser, bytes);
            throw refused(503, ErrCode.M_UNKNOWN, "The server is too busy; try again later");
        }
    }

    private long more(long share, long bytes) {
        if (share + bytes > shareBytes) {
            throw refused(
                    429,
                    ErrCode.M_LIMIT_EXCEEDED,
                    "Too many large requests at once; try again later");
        }
        return share + bytes;
    }

    private void giveBack(@Nullable String key, boolean ofUser, long bytes) {
        held.addAndGet(-bytes);
        if (!ofUser) {
            heldByStrangers.addAndGet(-bytes);
        }
        if (key != null) {
            shares.computeIfPresent(key, (_, share) -> share == bytes ? null : share - bytes);
        }
    }

    private static MatrixException refused(int status, ErrCode code, String message) {
        return new MatrixException(
                code,
                status,
                message,
                JsonObject.builder().put("retry_after_ms", RETRY_AFTER_MILLIS).build());
    }

    /// What one request holds of the budget, or what has to be kept when a request is over.
    public final class Lease implements AutoCloseable {
        private @Nullable String key;
        private boolean ofUser;
        private long bytes;
        private boolean refused;

        private Lease(@Nullable String key, boolean ofUser) {
            this.key = key;
            this.ofUser = ofUser;
        }

        /// Takes `more` bytes.
        ///
        /// @throws MatrixException 429 when the share is used up, 503 when the whole budget is,
        ///   each with `retry_after_ms`
        public void take(long more) {
            if (more > 0) {
                refused = true;
                ByteBudget.this.take(key, ofUser, more);
                refused = false;
                bytes += more;
            }
        }

        /// Takes bytes of the same share that are kept when the request is over: until what is
        /// answered is closed.
        ///
        /// @throws MatrixException as [#take] does
        public Lease pin(long pinned) {
            var kept = new Lease(key, ofUser);
            refused = true;
            kept.take(pinned);
            refused = false;
            return kept;
        }

        /// Whether the last that was asked for was not there.
        public boolean wasRefused() {
            return refused;
        }

        /// Gives back what is more than `atMost` bytes.
        public void keep(long atMost) {
            long back = bytes - atMost;
            if (back > 0) {
                bytes -= back;
                ByteBudget.this.giveBack(key, ofUser, back);
            }
        }

        /// Moves what is held to the share of another address: a proxy has turned out to speak for
        /// a client.
        ///
        /// @throws MatrixException as [#take] does; everything is given back then
        public void chargeAddress(String address) {
            move(address, false);
        }

        /// Moves what is held to the share of a user, who has turned out to make the request.
        ///
        /// @throws MatrixException as [#take] does; everything is given back then
        public void chargeUser(String user) {
            move(user, true);
        }

        private void move(String newKey, boolean toUser) {
            if (newKey.equals(key)) {
                return;
            }
            long moved = bytes;
            close();
            key = newKey;
            ofUser = toUser;
            take(moved);
        }

        /// What is held, in bytes.
        public long bytes() {
            return bytes;
        }

        /// Gives everything back.
        @Override
        public void close() {
            keep(0);
        }
    }
}
