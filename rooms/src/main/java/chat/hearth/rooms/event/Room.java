package chat.hearth.rooms.event;

import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.Guard;
import chat.hearth.storage.StaleHeadException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An active room: its head, which only the pipeline moves, and its committed state, which anyone
/// may read.
///
/// A message moves the head as soon as it is queued, so that the next one need not wait for the
/// disk; should its write fail, the room is *stale*: everything queued behind it fails too, and the
/// room is read anew. A state event holds the lock until it is durable, so that the state here is
/// always a committed one.
public final class Room implements Guard {
    private final int number;
    private final RoomId id;
    private final RoomVersion version;
    private final RecentPositions recent;

    /// Held while events are built and queued.
    final ReentrantLock lock = new ReentrantLock();

    final QueuedAnnotations annotations = new QueuedAnnotations();

    private Head head;
    private volatile RoomState state;
    private volatile boolean stale;

    /// The state that becomes the current one with the next commit; belongs to the journal's
    /// thread.
    private @Nullable RoomState pending;

    /// The position of the event whose commit makes it so.
    private long pendingAt;

    Room(
            int number,
            RoomId id,
            RoomVersion version,
            Head head,
            RoomState state,
            RecentPositions recent) {
        this.number = number;
        this.id = id;
        this.version = version;
        this.head = head;
        this.state = state;
        this.recent = recent;
    }

    /// The room's number.
    public int number() {
        return number;
    }

    /// The room's id.
    public RoomId id() {
        return id;
    }

    /// The room's version.
    public RoomVersion version() {
        return version;
    }

    /// The current state as of the last announced commit.
    public RoomState state() {
        return state;
    }

    /// The positions of the events after `after` up to `upTo`, ascending, or null when only the
    /// store knows.
    public long @Nullable [] recentPositions(long after, long upTo) {
        return recent.between(after, upTo);
    }

    /// The positions of the latest `limit` events up to `upTo`, or all if there are fewer,
    /// ascending; null when only the store knows.
    public long @Nullable [] latestPositions(int limit, long upTo) {
        return recent.latest(limit, upTo);
    }

    /// Whether a write failed that the head builds on.
    boolean isStale() {
        return stale;
    }

    /// The head; the lock is held.
    Head head() {
        check();
        return head;
    }

    /// Moves the head to an event that was queued; the lock is held.
    void moveTo(Head next) {
        head = next;
    }

    /// Lets `next` become the current state when the event at `position` is committed. A write that
    /// is undone and run again says so again, with the position that it then has.
    void prepare(RoomState next, long position) {
        pending = next;
        pendingAt = position;
    }

    /// Takes note of an event that was committed, before it is announced.
    void committed(long position) {
        recent.add(position);
        RoomState next = pending;
        if (next != null && position == pendingAt) {
            state = next;
            pending = null;
        }
    }

    /// Lets the room be read anew when it is next asked for. What is queued on it fails, and is
    /// tried again on the new one.
    void retire() {
        stale = true;
    }

    @Override
    public void check() {
        if (stale) {
            throw new StaleHeadException("An earlier write of this room failed");
        }
    }

    @Override
    public void failed(Throwable cause) {
        stale = true;
    }
}
