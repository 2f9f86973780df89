package chat.hearth.homeserver.sync;

import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.rooms.accountdata.IgnoredUsers;
import chat.hearth.rooms.accountdata.InvitePermission;
import chat.hearth.rooms.accountdata.UserAccountData;
import chat.hearth.rooms.stream.ChangeKind;
import chat.hearth.rooms.stream.FeedSpan;
import chat.hearth.rooms.stream.UserFeed;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.AccountDataStore;
import chat.hearth.storage.Stores;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/// Reads what of a user's account data decides what a sync shows, and remembers it while the feed
/// tells of no change. Safe for use by several threads.
final class SettingsReader {
    static final String PUSH_RULES = "m.push_rules";
    private static final byte[] NOTHING = {'{', '}'};

    /// So much JSON of settings is remembered, in bytes. Read, it takes several times that.
    static final long BYTES_MAX = 8L << 20;

    /// What short settings take besides their JSON, estimated.
    private static final int OVERHEAD_BYTES = 200;

    private final AccountDataStore accountData;
    private final IgnoredUsers ignoredUsers;
    private final Cache<Integer, Sized> known =
            Caffeine.newBuilder()
                    .executor(Runnable::run)
                    .maximumWeight(BYTES_MAX)
                    .weigher((Integer _, Sized sized) -> OVERHEAD_BYTES + sized.bytes())
                    .build();

    private record Sized(PersonalSettings settings, int bytes) {}

    SettingsReader(Stores stores) {
        this.accountData = stores.accountData();
        this.ignoredUsers = new IgnoredUsers(stores);
    }

    /// How much is remembered, in bytes of JSON.
    long bytes() {
        known.cleanUp();
        return known.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }

    /// The settings of the feed's user that hold at `until`.
    PersonalSettings at(UserFeed feed, long until) {
        Sized last = known.getIfPresent(feed.user());
        if (last != null && last.settings().upTo() >= until) {
            return last.settings();
        }
        Sized now =
                last != null && isUnchanged(feed, last.settings().upTo(), until)
                        ? new Sized(last.settings().at(until), last.bytes())
                        : read(feed.user(), until);
        known.put(feed.user(), now);
        return now.settings();
    }

    private static boolean isUnchanged(UserFeed feed, long since, long until) {
        return feed.changes(since, until) instanceof FeedSpan.Known span
                && (span.globalKinds() & ChangeKind.ACCOUNT_DATA) == 0;
    }

    private Sized read(int user, long until) {
        AccountData rules = find(user, PUSH_RULES);
        AccountData ignored = find(user, IgnoredUsers.TYPE);
        AccountData invites = find(user, InvitePermission.TYPE);
        var settings =
                new PersonalSettings(
                        rules.object().isEmpty()
                                ? UserPushRules.NONE
                                : UserPushRules.parse(rules.object()),
                        ignoredUsers.named(user, ignored.object()),
                        Math.max(rules.position(), ignored.position()),
                        InvitePermission.blocks(invites.object()),
                        until);
        return new Sized(
                settings,
                rules.content().length + ignored.content().length + invites.content().length);
    }

    private AccountData find(int user, String type) {
        return accountData
                .find(user, UserAccountData.GLOBAL, type)
                .orElseGet(() -> new AccountData(user, UserAccountData.GLOBAL, type, 0, NOTHING));
    }
}
