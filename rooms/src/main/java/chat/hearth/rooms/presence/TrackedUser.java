package chat.hearth.rooms.presence;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.StoredPresence;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a tracker knows of one user's presence; guarded by the tracker.
final class TrackedUser {
    /// So many devices of a user are told apart, those that synced last.
    static final int DEVICES_MAX = 10;

    PresenceState state = PresenceState.OFFLINE;
    @Nullable String statusMessage;
    long lastActive;
    long lastSeen;
    boolean currentlyActive;
    boolean idleBySync;
    long told;
    int[] rooms = {};
    JsonObject profile = JsonObject.EMPTY;

    private final Map<Integer, Sign> devices = new LinkedHashMap<>();
    private @Nullable StoredPresence kept;

    /// What a device's last sync said, and until when it might wait.
    private record Sign(PresenceState state, long at) {}

    /// One of whom nothing is known yet.
    static TrackedUser unknown() {
        return new TrackedUser();
    }

    /// One of whom was told something before the server started. Who was around is so for `grace`
    /// from `now`, and longer when they come back.
    static TrackedUser restored(StoredPresence kept, long now, Duration grace) {
        var user = new TrackedUser();
        user.kept = kept;
        user.state = PresenceState.parse(kept.state()).orElse(PresenceState.OFFLINE);
        user.statusMessage = kept.statusMessage();
        user.lastActive = kept.lastActive();
        user.lastSeen = now + grace.toMillis() - PresenceTracker.GONE.toMillis();
        return user;
    }

    void noteDevice(int device, PresenceState asked, long until) {
        devices.remove(device);
        devices.put(device, new Sign(asked, until));
        if (devices.size() > DEVICES_MAX) {
            devices.remove(devices.keySet().iterator().next());
        }
    }

    /// One device's idleness is the user's only when no other one is in use.
    boolean isOnlineElsewhere(long now) {
        return devices.values().stream()
                .anyMatch(
                        sign ->
                                sign.state() == PresenceState.ONLINE
                                        && now - sign.at() < PresenceTracker.GONE.toMillis());
    }

    void become(PresenceState next, long now) {
        state = next;
        idleBySync = false;
        currentlyActive = next == PresenceState.ONLINE;
        if (currentlyActive) {
            lastActive = now;
        }
    }

    /// When the presence of one who is not offline may next change by itself.
    long nextChange() {
        long gone = Math.max(lastSeen, lastActive) + PresenceTracker.GONE.toMillis();
        if (state != PresenceState.ONLINE) {
            return gone;
        }
        Duration still = currentlyActive ? PresenceTracker.ACTIVE : PresenceTracker.IDLE;
        return Math.min(gone, lastActive + still.toMillis());
    }

    /// Becomes idle or offline when the time has come; says whether anything changed.
    boolean ages(long now) {
        if (state == PresenceState.OFFLINE) {
            return false;
        }
        long lastSign = Math.max(lastSeen, lastActive);
        if (now - lastSign >= PresenceTracker.GONE.toMillis()) {
            state = PresenceState.OFFLINE;
            currentlyActive = false;
            return true;
        }
        long still = now - lastActive;
        if (state == PresenceState.ONLINE && still >= PresenceTracker.IDLE.toMillis()) {
            state = PresenceState.UNAVAILABLE;
            currentlyActive = false;
            return true;
        }
        if (currentlyActive && still >= PresenceTracker.ACTIVE.toMillis()) {
            currentlyActive = false;
            return true;
        }
        return false;
    }

    /// What has to be kept before the present state is told; null when it is kept already.
    @Nullable StoredPresence unkept(int user, long now) {
        StoredPresence before = kept;
        boolean known =
                before != null
                        && before.state().equals(state.wireName())
                        && Objects.equals(before.statusMessage(), statusMessage);
        return known
                ? null
                : new StoredPresence(user, state.wireName(), statusMessage, lastActive, now);
    }

    void noteKept(StoredPresence presence) {
        kept = presence;
    }

    UserPresence view(int user, long now) {
        Long ago = lastActive == 0 ? null : Math.max(0, now - lastActive);
        return new UserPresence(user, state, statusMessage, ago, currentlyActive, profile);
    }
}
