package chat.hearth.rooms.accountdata;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.AccountDataStore;
import chat.hearth.storage.IdentifierStore;
import chat.hearth.storage.Stores;
import java.util.Set;
import java.util.stream.Collectors;

/// Whom users ignore. Safe for use by several threads.
///
/// See [Ignoring users](https://spec.matrix.org/v1.19/client-server-api/#ignoring-users).
public final class IgnoredUsers {
    /// The type of the account data that says so.
    public static final String TYPE = "m.ignored_user_list";

    private final AccountDataStore accountData;
    private final IdentifierStore identifiers;

    /// Reads what users keep in `stores`.
    public IgnoredUsers(Stores stores) {
        this.accountData = stores.accountData();
        this.identifiers = stores.identifiers();
    }

    /// The ids of those whom a user ignores now.
    public Set<String> of(int user) {
        return accountData
                .find(user, UserAccountData.GLOBAL, TYPE)
                .map(AccountData::object)
                .map(content -> named(user, content))
                .orElse(Set.of());
    }

    /// The ids that a user's account data of type [#TYPE] names. Nobody ignores themselves: that
    /// would hide from them what they say.
    public Set<String> named(int user, JsonObject content) {
        Set<String> named = content.object("ignored_users").map(JsonObject::names).orElse(Set.of());
        if (named.isEmpty()) {
            return Set.of();
        }
        String own = identifiers.user(user).value();
        return named.stream().filter(id -> !id.equals(own)).collect(Collectors.toUnmodifiableSet());
    }
}
