package chat.hearth.homeserver.sync;

import chat.hearth.protocol.filter.EventFilter;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonWriter;
import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.rooms.accountdata.UserAccountData;
import chat.hearth.rooms.history.PageBudget;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.AccountDataOutline;
import chat.hearth.storage.AccountDataStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A user's account data that an answer shows: what changed, by room. A page's worth of short
/// contents is kept; all others are read when they are written.
final class AccountDataEvents {
    private static final int PAGE = 1_000;

    private final AccountDataStore store;
    private final int user;
    private final Map<Integer, List<AccountDataOutline>> byRoom = new HashMap<>();
    private final PageBudget kept = new PageBudget(Integer.MAX_VALUE);

    private AccountDataEvents(AccountDataStore store, int user) {
        this.store = store;
        this.user = user;
    }

    /// Nothing changed.
    static AccountDataEvents none(AccountDataStore store, int user) {
        return new AccountDataEvents(store, user);
    }

    /// What changed in a stretch of the stream.
    static AccountDataEvents changed(AccountDataStore store, int user, long after, long upTo) {
        var changes = new AccountDataEvents(store, user);
        long from = after;
        while (true) {
            List<AccountDataOutline> page = store.changed(user, from, upTo, PAGE);
            page.forEach(changes::add);
            if (page.size() < PAGE) {
                return changes;
            }
            from = page.getLast().position();
        }
    }

    private void add(AccountDataOutline data) {
        boolean fits = data.content() == null || kept.take(data.bytes());
        byRoom.computeIfAbsent(data.room(), _ -> new ArrayList<>())
                .add(fits ? data : data.withoutContent());
    }

    /// The global events as elements of a JSON array, each made when it is asked for. Push rules
    /// are stored as what differs from the default and shown whole.
    ///
    /// @param rules the user's push rules
    /// @param initial whether the client knows nothing, so that it is told the rules in any case
    Stream<byte[]> global(EventFilter filter, UserPushRules rules, String userId, boolean initial) {
        if (filter.wantsNone()) {
            return Stream.of();
        }
        List<AccountDataOutline> all = byRoom.getOrDefault(UserAccountData.GLOBAL, List.of());
        boolean withRules = initial || all.stream().anyMatch(AccountDataEvents::isPushRules);
        Stream<byte[]> events =
                all.stream()
                        .filter(data -> !isPushRules(data) && filter.matches(data.type(), userId))
                        .flatMap(data -> event(data).stream());
        return withRules && filter.matches(SettingsReader.PUSH_RULES, userId)
                ? Stream.concat(events, Stream.of(pushRules(rules.rulesets(userId))))
                : events;
    }

    private static boolean isPushRules(AccountDataOutline data) {
        return data.type().equals(SettingsReader.PUSH_RULES);
    }

    /// A room's account data.
    List<AccountDataOutline> of(int room, EventFilter filter, String userId) {
        return byRoom.getOrDefault(room, List.of()).stream()
                .filter(data -> filter.matches(data.type(), userId))
                .toList();
    }

    /// The rooms with changes.
    Iterable<Integer> rooms() {
        return byRoom.keySet().stream()
                .filter(room -> room != UserAccountData.GLOBAL)
                .sorted()
                .toList();
    }

    /// One event as JSON text; empty when the account data was removed meanwhile.
    Optional<byte[]> event(AccountDataOutline data) {
        byte[] content = data.content();
        if (content != null) {
            return Optional.of(event(data.type(), content));
        }
        return store.find(user, data.room(), data.type())
                .map(AccountData::content)
                .map(read -> event(data.type(), read));
    }

    private static byte[] event(String type, byte[] content) {
        return new JsonWriter(content.length + 64)
                .ascii("{\"type\":")
                .string(type)
                .ascii(",\"content\":")
                .raw(content)
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
