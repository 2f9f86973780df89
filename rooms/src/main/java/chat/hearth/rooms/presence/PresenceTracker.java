package chat.hearth.rooms.presence;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Keeps who is around, and numbers every change so that a reader can ask what is new. Safe for use
/// by several threads.
///
/// Changes are told once a second, by [#tick()]: a user who changes more often is told once, and
/// readers are woken once for all who changed. What is asked of a single user is always current.
///
/// See [Presence](https://spec.matrix.org/v1.19/client-server-api/#presence).
public final class PresenceTracker {
    /// A user counts as currently active for this long after doing something.
    public static final Duration ACTIVE = Duration.ofMinutes(1);

    /// A user who did nothing for this long is idle.
    public static final Duration IDLE = Duration.ofMinutes(5);

    /// A user is offline this long after the last deed, and after the time that the last sync might
    /// wait was over.
    public static final Duration GONE = Duration.ofMinutes(2);

    /// A status message may be this long in UTF-8.
    public static final int STATUS_BYTES_MAX = 1_024;

    /// So many users are remembered; the one whose presence was told longest ago is forgotten, and
    /// then offline to all.
    static final int USERS_MAX = 50_000;

    /// So many devices of a user are told apart, those that synced last.
    static final int DEVICES_MAX = 10;

    /// So many users are told in one tick; others wait for the next.
    static final int TOLD_MAX = 500;

    private final InstantSource clock;
    private final IntFunction<int[]> audience;
    private final IntFunction<JsonObject> profile;
    private final Waking waking;

    /// Wakes readers when there is news.
    @FunctionalInterface
    public interface Waking {
        /// Wakes the users told of, and whoever is in one of the rooms where they are told of.
        void wake(Collection<Integer> rooms, Collection<Integer> users);
    }

    /// In the order in which they were last told.
    private final Map<Integer, Presence> users = new LinkedHashMap<>();

    private final Audiences audiences = new Audiences();

    private final Deadlines deadlines = new Deadlines();

    private final Set<Integer> untold = new LinkedHashSet<>();
    private final long firstSerial;
    private long serial;

    /// A user's presence; guarded by the tracker.
    private static final class Presence {
        private PresenceState state = PresenceState.OFFLINE;
        private @Nullable String statusMessage;
        private long lastActive;
        private long lastSeen;
        private boolean currentlyActive;
        private boolean idleBySync;
        private long told;
        private int[] rooms = {};
        private JsonObject profile = JsonObject.EMPTY;
        private final Map<Integer, Sign> devices = new LinkedHashMap<>();

        void noteDevice(int device, Sign sign) {
            devices.remove(device);
            devices.put(device, sign);
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
                                            && now - sign.at() < GONE.toMillis());
        }
    }

    /// What a device's last sync said, and until when it might wait.
    private record Sign(PresenceState state, long at) {}

    /// A tracker to which nobody is known.
    ///
    /// @param audience answers the numbers of the rooms whose members hear of a user, ascending
    /// @param profile answers what of a user's profile is told with the presence
    /// @param waking told of the news of each tick
    public PresenceTracker(
            InstantSource clock,
            IntFunction<int[]> audience,
            IntFunction<JsonObject> profile,
            Waking waking) {
        this.clock = clock;
        this.audience = audience;
        this.profile = profile;
        this.waking = waking;
        // Numbers begin at the time, so that one from before a restart is always a lower one.
        this.firstSerial = clock.millis();
        this.serial = firstSerial;
    }

    /// Sets what a user says to be.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM` for a status message that is too long
    public void set(int user, PresenceState state, @Nullable String statusMessage) {
        if (statusMessage != null
                && statusMessage.getBytes(StandardCharsets.UTF_8).length > STATUS_BYTES_MAX) {
            throw MatrixException.invalidParam(
                    "A status message may have " + STATUS_BYTES_MAX + " bytes");
        }
        synchronized (this) {
            Presence presence = presence(user);
            long now = clock.millis();
            presence.lastSeen = Math.max(presence.lastSeen, now);
            presence.lastActive = now;
            boolean news =
                    presence.state != state
                            || !Objects.equals(presence.statusMessage, statusMessage)
                            || state == PresenceState.ONLINE && !presence.currentlyActive;
            presence.statusMessage = statusMessage;
            become(presence, state);
            if (news) {
                untold.add(user);
            }
            watch(user, presence);
        }
    }

    /// Notes that a user did something, such as sending a message. Who is idle is online again; who
    /// wants to look offline stays so.
    public synchronized void active(int user) {
        Presence presence = presence(user);
        long now = clock.millis();
        presence.lastActive = now;
        presence.lastSeen = Math.max(presence.lastSeen, now);
        boolean news =
                presence.state == PresenceState.UNAVAILABLE
                        || presence.state == PresenceState.ONLINE && !presence.currentlyActive;
        if (news) {
            become(presence, PresenceState.ONLINE);
            untold.add(user);
        }
        watch(user, presence);
    }

    /// Notes that a user's profile has changed. It is told with the user's presence, also of one
    /// who is not there.
    ///
    /// See [Profiles](https://spec.matrix.org/v1.19/client-server-api/#profiles).
    public synchronized void profileChanged(int user) {
        var _ = presence(user);
        untold.add(user);
    }

    /// Notes that a user's device has begun to sync.
    ///
    /// @param device the device's number
    /// @param asked the request's `set_presence`; offline for a sync that shall not be seen
    /// @param wait how long the sync may wait for news, all of which the user is there
    public synchronized void synced(int user, int device, PresenceState asked, Duration wait) {
        if (asked == PresenceState.OFFLINE) {
            return;
        }
        long now = clock.millis();
        long until = now + wait.toMillis();
        Presence presence = presence(user);
        presence.lastSeen = Math.max(presence.lastSeen, until);
        presence.noteDevice(device, new Sign(asked, until));
        boolean online = asked == PresenceState.ONLINE;
        if (presence.state == PresenceState.OFFLINE || online && presence.idleBySync) {
            become(presence, asked);
            untold.add(user);
        } else if (!online
                && presence.state == PresenceState.ONLINE
                && !presence.isOnlineElsewhere(now)) {
            become(presence, PresenceState.UNAVAILABLE);
            presence.idleBySync = true;
            untold.add(user);
        }
        watch(user, presence);
    }

    private void become(Presence presence, PresenceState state) {
        presence.state = state;
        presence.idleBySync = false;
        presence.currentlyActive = state == PresenceState.ONLINE;
        if (presence.currentlyActive) {
            presence.lastActive = clock.millis();
        }
    }

    /// A user's presence now.
    public synchronized UserPresence of(int user) {
        Presence presence = users.get(user);
        return presence == null
                ? new UserPresence(user, PresenceState.OFFLINE, null, null, false, JsonObject.EMPTY)
                : view(user, presence, clock.millis());
    }

    /// The number of the latest change.
    public synchronized long serial() {
        return serial;
    }

    /// The users whose presence was told after `since`, latest first. A number from before a
    /// restart, such as 0, answers all who are not offline.
    ///
    /// @param reader the reader's number, who hears of themselves always
    /// @param rooms the numbers of the rooms whose members the reader hears of, ascending
    public synchronized List<UserPresence> changedAfter(long since, int reader, int[] rooms) {
        if (since < firstSerial) {
            return present(reader, rooms);
        }
        long now = clock.millis();
        List<UserPresence> changed = new ArrayList<>();
        Map<Integer, Presence> latestFirst = ((LinkedHashMap<Integer, Presence>) users).reversed();
        for (Map.Entry<Integer, Presence> entry : latestFirst.entrySet()) {
            Presence presence = entry.getValue();
            if (presence.told != 0 && presence.told <= since) {
                break;
            }
            if (presence.told == 0) {
                continue;
            }
            if (entry.getKey() == reader
                    || Arrays.stream(presence.rooms)
                            .anyMatch(room -> Arrays.binarySearch(rooms, room) >= 0)) {
                changed.add(view(entry.getKey(), presence, now));
            }
        }
        return changed;
    }

    /// Who is not offline, latest first.
    private List<UserPresence> present(int reader, int[] rooms) {
        long now = clock.millis();
        Set<Integer> around = audiences.in(rooms);
        around.add(reader);
        var latestFirst = new TreeMap<Long, UserPresence>(Comparator.reverseOrder());
        for (int user : around) {
            Presence presence = users.get(user);
            if (presence != null && presence.told != 0 && presence.state != PresenceState.OFFLINE) {
                latestFirst.put(presence.told, view(user, presence, now));
            }
        }
        return List.copyOf(latestFirst.values());
    }

    /// Lets users become idle or offline whose time has come, and tells of all changes. Run it
    /// every second or so.
    public void tick() {
        Set<Integer> rooms = new LinkedHashSet<>();
        List<Integer> taken = takeUntold();
        int told = 0;
        try {
            for (int user : taken) {
                int[] audienceRooms = audience.apply(user);
                tell(user, audienceRooms, profile.apply(user));
                Arrays.stream(audienceRooms).forEach(rooms::add);
                told++;
            }
        } finally {
            putBack(taken.subList(told, taken.size()));
            if (told > 0) {
                waking.wake(rooms, taken.subList(0, told));
            }
        }
    }

    /// What could not be told, such as while the database cannot be reached, is told later.
    private synchronized void putBack(List<Integer> notTold) {
        notTold.stream().filter(users::containsKey).forEach(untold::add);
    }

    private synchronized List<Integer> takeUntold() {
        long now = clock.millis();
        for (int user : deadlines.reached(now)) {
            Presence presence = Objects.requireNonNull(users.get(user));
            if (ages(presence, now)) {
                untold.add(user);
            }
            watch(user, presence);
        }
        List<Integer> taken = untold.stream().limit(TOLD_MAX).toList();
        taken.forEach(untold::remove);
        return taken;
    }

    /// Sees to it that a user is looked at again when their presence may change by itself. A sync
    /// only moves that moment on, and needs nothing done before it comes.
    private void watch(int user, Presence presence) {
        if (presence.state == PresenceState.OFFLINE) {
            deadlines.forget(user);
            return;
        }
        long next = Math.max(presence.lastSeen, presence.lastActive) + GONE.toMillis();
        if (presence.state == PresenceState.ONLINE) {
            Duration still = presence.currentlyActive ? ACTIVE : IDLE;
            next = Math.min(next, presence.lastActive + still.toMillis());
        }
        deadlines.noLaterThan(next, user);
    }

    private static boolean ages(Presence presence, long now) {
        if (presence.state == PresenceState.OFFLINE) {
            return false;
        }
        long lastSign = Math.max(presence.lastSeen, presence.lastActive);
        if (now - lastSign >= GONE.toMillis()) {
            presence.state = PresenceState.OFFLINE;
            presence.currentlyActive = false;
            return true;
        }
        long still = now - presence.lastActive;
        if (presence.state == PresenceState.ONLINE && still >= IDLE.toMillis()) {
            presence.state = PresenceState.UNAVAILABLE;
            presence.currentlyActive = false;
            return true;
        }
        if (presence.currentlyActive && still >= ACTIVE.toMillis()) {
            presence.currentlyActive = false;
            return true;
        }
        return false;
    }

    private synchronized void tell(int user, int[] rooms, JsonObject shown) {
        Presence presence = users.remove(user);
        if (presence == null) {
            return;
        }
        audiences.move(user, presence.rooms, rooms);
        presence.rooms = rooms;
        presence.profile = shown;
        presence.told = ++serial;
        users.put(user, presence);
    }

    private Presence presence(int user) {
        Presence known = users.get(user);
        if (known != null) {
            return known;
        }
        if (users.size() >= USERS_MAX) {
            Iterator<Map.Entry<Integer, Presence>> entries = users.entrySet().iterator();
            Map.Entry<Integer, Presence> longestTold = entries.next();
            untold.remove(longestTold.getKey());
            deadlines.forget(longestTold.getKey());
            audiences.move(longestTold.getKey(), longestTold.getValue().rooms, new int[0]);
            entries.remove();
        }
        var fresh = new Presence();
        users.put(user, fresh);
        return fresh;
    }

    private static UserPresence view(int user, Presence presence, long now) {
        Long ago = presence.lastActive == 0 ? null : Math.max(0, now - presence.lastActive);
        return new UserPresence(
                user,
                presence.state,
                presence.statusMessage,
                ago,
                presence.currentlyActive,
                presence.profile);
    }
}
