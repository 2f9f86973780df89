package chat.hearth.homeserver.client.personal;

import chat.hearth.homeserver.sync.PresenceSource;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.rooms.presence.PresenceAudience;
import chat.hearth.rooms.presence.PresenceState;
import chat.hearth.rooms.presence.PresenceTracker;
import chat.hearth.rooms.presence.UserPresence;
import chat.hearth.storage.IdentifierStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The presence of local users as `/sync` tells it. Safe for use by several threads.
///
/// See [m.presence](https://spec.matrix.org/v1.19/client-server-api/#mpresence).
final class SyncPresence implements PresenceSource {
    private final PresenceTracker tracker;
    private final PresenceAudience audience;
    private final IdentifierStore identifiers;

    SyncPresence(PresenceTracker tracker, PresenceAudience audience, IdentifierStore identifiers) {
        this.tracker = tracker;
        this.audience = audience;
        this.identifiers = identifiers;
    }

    @Override
    public void synced(int user, int device, State state, Duration wait) {
        PresenceState asked =
                switch (state) {
                    case ONLINE, UNSAID -> PresenceState.ONLINE;
                    case UNAVAILABLE -> PresenceState.UNAVAILABLE;
                    case OFFLINE -> PresenceState.OFFLINE;
                };
        tracker.synced(user, device, asked, wait);
        if (state == State.ONLINE) {
            // A user who says so is there, also after having said to be away.
            tracker.active(user);
        }
    }

    @Override
    public long serial() {
        return tracker.serial();
    }

    @Override
    public List<Presence> changed(int user, long since, int[] entered) {
        if (since >= tracker.serial() && entered.length == 0) {
            return List.of();
        }
        int[] rooms = audience.rooms(user);
        Map<Integer, UserPresence> told = new LinkedHashMap<>();
        tracker.changedAfter(since, user, rooms).forEach(each -> told.put(each.user(), each));
        int[] shared =
                Arrays.stream(entered)
                        .filter(room -> Arrays.binarySearch(rooms, room) >= 0)
                        .toArray();
        if (shared.length > 0) {
            tracker.present(user, shared).stream()
                    .filter(each -> each.user() != user)
                    .forEach(each -> told.putIfAbsent(each.user(), each));
        }
        List<Presence> changed = new ArrayList<>();
        for (UserPresence presence : told.values()) {
            UserId userId = identifiers.user(presence.user());
            changed.add(new Presence(userId, () -> event(userId, presence)));
        }
        return changed;
    }

    private static byte[] event(UserId userId, UserPresence presence) {
        return JsonWriter.bytes(
                JsonObject.builder()
                        .put("type", "m.presence")
                        .put("sender", userId.value())
                        .put("content", presence.content())
                        .build());
    }
}
