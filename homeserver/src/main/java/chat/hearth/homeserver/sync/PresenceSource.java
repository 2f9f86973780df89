package chat.hearth.homeserver.sync;

import chat.hearth.protocol.id.UserId;
import java.time.Duration;
import java.util.List;

/// Presence as `/sync` needs it: told of clients that sync, asked for what changed. Changes are
/// numbered; the numbers start anew when the server does.
public interface PresenceSource {
    /// Nobody's presence is known.
    PresenceSource NONE =
            new PresenceSource() {
                @Override
                public void synced(int user, int device, State state, Duration wait) {
                    // nobody is interested
                }

                @Override
                public long serial() {
                    return 0;
                }

                @Override
                public List<Presence> changed(int user, long since) {
                    return List.of();
                }
            };

    /// What `set_presence` may say.
    enum State {
        /// The client says nothing: the user is there unless they said to be away.
        UNSAID,
        /// The user is there.
        ONLINE,
        /// The user is there but idle.
        UNAVAILABLE,
        /// The client does not count as a sign of the user.
        OFFLINE
    }

    /// A user's presence.
    ///
    /// @param userId whose
    /// @param event the whole `m.presence` event as JSON text
    @SuppressWarnings("ArrayRecordComponent") // bytes are served as they are, never compared
    record Presence(UserId userId, byte[] event) {}

    /// Notes that a device of a user syncs.
    ///
    /// @param wait how long it may wait for news
    void synced(int user, int device, State state, Duration wait);

    /// The number of the latest change.
    long serial();

    /// The presence of those whom `user` may see and whose presence changed after the number
    /// `since`; of all whose presence is known when `since` is negative.
    List<Presence> changed(int user, long since);
}
