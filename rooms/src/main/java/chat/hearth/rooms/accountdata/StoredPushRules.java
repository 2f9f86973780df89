package chat.hearth.rooms.accountdata;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import java.util.function.UnaryOperator;

/// The push rules of local users: kept as what they changed of the default rules, and announced as
/// a change of the account data `m.push_rules`. Safe for use by several threads.
///
/// See [Push rules](https://spec.matrix.org/v1.19/client-server-api/#push-rules).
public final class StoredPushRules {
    /// All of a user's changes together may be this long as JSON: every sync that tells of a change
    /// carries all of them.
    static final int RULES_BYTES_MAX = 512 * 1024;

    private final AccountDataRows rows;

    /// The push rules of one server's users.
    public StoredPushRules(Stores stores, Journal journal) {
        this.rows = new AccountDataRows(stores.accountData(), journal);
    }

    /// A user's rules.
    public UserPushRules of(int user) {
        return parse(rows.content(user, UserAccountData.GLOBAL, UserAccountData.PUSH_RULES));
    }

    /// Changes a user's rules; durable when it returns.
    ///
    /// @param edit makes the new rules; may run more than once
    /// @throws chat.hearth.protocol.error.MatrixException 413 `M_TOO_LARGE` when they become too
    ///   many, and what `edit` throws
    public void change(int user, UnaryOperator<UserPushRules> edit) {
        rows.update(
                user,
                UserAccountData.GLOBAL,
                UserAccountData.PUSH_RULES,
                RULES_BYTES_MAX,
                stored -> edited(stored, edit));
    }

    /// Changes a user's rules in a write that does more.
    ///
    /// @param edit makes the new rules
    /// @throws chat.hearth.protocol.error.MatrixException as above; then nothing was written
    void change(WriteTransaction tx, int user, UnaryOperator<UserPushRules> edit) {
        rows.update(
                tx,
                user,
                UserAccountData.GLOBAL,
                UserAccountData.PUSH_RULES,
                RULES_BYTES_MAX,
                stored -> edited(stored, edit));
    }

    private static JsonObject edited(JsonObject stored, UnaryOperator<UserPushRules> edit) {
        UserPushRules before = parse(stored);
        UserPushRules after = edit.apply(before);
        return after.equals(before) ? stored : after.toJson();
    }

    private static UserPushRules parse(JsonObject stored) {
        return stored.isEmpty() ? UserPushRules.NONE : UserPushRules.parse(stored);
    }
}
