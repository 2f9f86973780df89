package chat.hearth.homeserver.sync;

import chat.hearth.rooms.stream.ChangeFeed;
import chat.hearth.rooms.stream.Runs;
import chat.hearth.rooms.stream.StreamToken;
import chat.hearth.rooms.typing.TypingTracker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells where the server is, as tokens. Safe for use by several threads.
final class SyncClock {
    private final ChangeFeed feed;
    private final TypingTracker typing;
    private final PresenceSource presence;
    private final Runs runs;

    SyncClock(ChangeFeed feed, TypingTracker typing, PresenceSource presence, Runs runs) {
        this.feed = feed;
        this.typing = typing;
        this.presence = presence;
        this.runs = runs;
    }

    /// The moment up to which everything answered before can be seen.
    StreamToken now() throws InterruptedException {
        long typingSerial = typing.serial();
        long presenceSerial = presence.serial();
        return new StreamToken(
                feed.settledPosition(), typingSerial, presenceSerial, runs.current(), List.of());
    }

    /// The stretch from `since` to `next`. A token from after the backup that the database was
    /// restored from is none at all: its client starts anew.
    ///
    /// @param since the client's token, null for none
    SyncSpan span(@Nullable StreamToken since, StreamToken next) {
        if (since == null || since.position() > next.position() || !runs.vouchFor(since)) {
            return new SyncSpan(true, 0, -1, -1, next);
        }
        boolean ours = since.run().equals(runs.current());
        return new SyncSpan(
                false,
                since.position(),
                ours ? since.typing() : -1,
                ours ? since.presence() : 0,
                next.withTypists(since.typists()));
    }
}
