package chat.hearth.homeserver.sync;

import chat.hearth.protocol.id.UserId;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

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
                public List<Presence> changed(int user, long since, int[] entered) {
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
    /// @param event makes the whole `m.presence` event as JSON text
    record Presence(UserId userId, Supplier<byte[]> event) {}

    /// Notes that a device of a user syncs.
    ///
    /// @param wait how long it may wait for news
    void synced(int user, int device, State state, Duration wait);

    /// The number of the latest change.
    long serial();

    /// The presence of those whom `user` may see and whose presence changed after the number
    /// `since`: all of whom anything was told since the server was started when `since` is 0, and
    /// all who are there when it is negative. Also of those who are in one of the rooms `entered`,
    /// into which the user has come.
    List<Presence> changed(int user, long since, int[] entered);
}
