package chat.hearth.homeserver.sync;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.StoredEvent;
import java.util.List;

/// Looks up what a user was to a room at a position of the stream: the present membership when it
/// is as old, else the one before it, and so on.
final class Standings {
    private final EventCache events;

    Standings(EventCache events) {
        this.events = events;
    }

    /// Reads the memberships of a user back to a position, those in several rooms together, for the
    /// running work.
    void readAhead(List<RoomSections.Candidate> rooms, int user, long since) {
        if (rooms.size() < 2) {
            return;
        }
        long[] links =
                rooms.stream()
                        .mapToLong(room -> room.state().members().position(user))
                        .filter(position -> position > since)
                        .toArray();
        while (since != 0 && links.length > 0) {
            List<StoredEvent> found = events.all(links);
            links =
                    found.stream()
                            .filter(event -> event.position() > since)
                            .mapToLong(StoredEvent::replaces)
                            .filter(position -> position != 0)
                            .toArray();
        }
    }

    /// The standing of `user` after everything up to `at`.
    Standing at(RoomState now, int user, long at) {
        long position = now.members().position(user);
        if (position <= at) {
            return new Standing(now.members().membership(user), position);
        }
        while (position > at) {
            position = before(position);
        }
        return position == 0 ? new Standing(Membership.LEAVE, 0) : of(position);
    }

    /// The position at which a user who is no longer in the room was so last; 0 when that was not
    /// after `since`.
    ///
    /// @param position the position of the user's membership event
    long lastLeaving(long position, long since) {
        long leaving = position;
        while (leaving > since) {
            long before = before(leaving);
            if (before != 0 && of(before).isJoined()) {
                return leaving;
            }
            leaving = before;
        }
        return 0;
    }

    private long before(long position) {
        return events.require(position).replaces();
    }

    private Standing of(long position) {
        byte[] content = ClientEvent.content(events.require(position).clientJson());
        return new Standing(Membership.of(JsonReader.readObject(content)), position);
    }
}
