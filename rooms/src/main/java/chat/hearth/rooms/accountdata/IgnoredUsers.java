package chat.hearth.rooms.accountdata;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.AccountDataStore;
import java.util.Set;

/// Whom users ignore. Safe for use by several threads.
///
/// See [Ignoring users](https://spec.matrix.org/v1.19/client-server-api/#ignoring-users).
public final class IgnoredUsers {
    /// The type of the account data that says so.
    public static final String TYPE = "m.ignored_user_list";

    private final AccountDataStore accountData;

    /// Reads what users keep in `accountData`.
    public IgnoredUsers(AccountDataStore accountData) {
        this.accountData = accountData;
    }

    /// The ids of those whom a user ignores now.
    public Set<String> of(int user) {
        return accountData
                .find(user, UserAccountData.GLOBAL, TYPE)
                .map(AccountData::object)
                .map(IgnoredUsers::named)
                .orElse(Set.of());
    }

    /// The ids that account data of type [#TYPE] names.
    public static Set<String> named(JsonObject content) {
        return content.object("ignored_users")
                .map(users -> Set.copyOf(users.names()))
                .orElse(Set.of());
    }
}
