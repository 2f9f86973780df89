package chat.hearth.homeserver.sync;

import chat.hearth.protocol.filter.EventFilter;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.rooms.accountdata.UserAccountData;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.AccountDataStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A user's account data that an answer shows: what changed, by room.
final class AccountDataEvents {
    private static final int PAGE = 1_000;

    private final Map<Integer, List<AccountData>> byRoom = new HashMap<>();

    private AccountDataEvents() {}

    /// Nothing changed.
    static AccountDataEvents none() {
        return new AccountDataEvents();
    }

    /// What changed in a stretch of the stream.
    static AccountDataEvents changed(AccountDataStore store, int user, long after, long upTo) {
        var changes = new AccountDataEvents();
        long from = after;
        while (true) {
            List<AccountData> page = store.changed(user, from, upTo, PAGE);
            page.forEach(
                    data ->
                            changes.byRoom
                                    .computeIfAbsent(data.room(), _ -> new ArrayList<>())
                                    .add(data));
            if (page.size() < PAGE) {
                return changes;
            }
            from = page.getLast().position();
        }
    }

    /// The global events as elements of a JSON array. Push rules are stored as what differs from
    /// the default and shown whole.
    ///
    /// @param rules the user's push rules
    /// @param initial whether the client knows nothing, so that it is told the rules in any case
    List<byte[]> global(EventFilter filter, UserPushRules rules, String userId, boolean initial) {
        if (filter.wantsNone()) {
            return List.of();
        }
        var events = new ArrayList<byte[]>();
        boolean withRules = initial;
        for (AccountData data : byRoom.getOrDefault(UserAccountData.GLOBAL, List.of())) {
            if (data.type().equals(SettingsReader.PUSH_RULES)) {
                withRules = true;
            } else if (filter.matches(data.type(), userId)) {
                events.add(event(data));
            }
        }
        if (withRules && filter.matches(SettingsReader.PUSH_RULES, userId)) {
            events.add(pushRules(rules.rulesets(userId)));
        }
        return events;
    }

    /// A room's events as elements of a JSON array.
    List<byte[]> of(int room, EventFilter filter, String userId) {
        return byRoom.getOrDefault(room, List.of()).stream()
                .filter(data -> filter.matches(data.type(), userId))
                .map(AccountDataEvents::event)
                .toList();
    }

    /// The rooms with changes.
    Iterable<Integer> rooms() {
        return byRoom.keySet().stream()
                .filter(room -> room != UserAccountData.GLOBAL)
                .sorted()
                .toList();
    }

    /// One event as JSON text.
    static byte[] event(AccountData data) {
        return new JsonWriter(data.content().length + 64)
                .ascii("{\"type\":")
                .string(data.type())
                .ascii(",\"content\":")
                .raw(data.content())
                .ascii('}')
                .toBytes();
    }

    private static byte[] pushRules(JsonObject rulesets) {
        return new JsonWriter(8192)
                .ascii("{\"type\":\"m.push_rules\",\"content\":")
                .value(rulesets)
                .ascii('}')
                .toBytes();
    }
}
