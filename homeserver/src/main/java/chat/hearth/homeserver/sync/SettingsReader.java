package chat.hearth.homeserver.sync;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.rooms.accountdata.IgnoredUsers;
import chat.hearth.rooms.accountdata.InvitePermission;
import chat.hearth.rooms.accountdata.UserAccountData;
import chat.hearth.rooms.stream.ChangeKind;
import chat.hearth.rooms.stream.FeedSpan;
import chat.hearth.rooms.stream.UserFeed;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.AccountDataStore;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Set;

/// Reads what of a user's account data decides what a sync shows, and remembers it while the feed
/// tells of no change. Safe for use by several threads.
final class SettingsReader {
    static final String PUSH_RULES = "m.push_rules";
    private static final int KNOWN_MAX = 20_000;

    private final AccountDataStore accountData;
    private final Cache<Integer, PersonalSettings> known =
            Caffeine.newBuilder().maximumSize(KNOWN_MAX).build();

    SettingsReader(AccountDataStore accountData) {
        this.accountData = accountData;
    }

    /// The settings of the feed's user that hold at `until`.
    PersonalSettings at(UserFeed feed, long until) {
        PersonalSettings last = known.getIfPresent(feed.user());
        if (last != null && last.upTo() >= until) {
            return last;
        }
        PersonalSettings now =
                last != null && isUnchanged(feed, last.upTo(), until)
                        ? last.at(until)
                        : read(feed.user(), until);
        known.put(feed.user(), now);
        return now;
    }

    private static boolean isUnchanged(UserFeed feed, long since, long until) {
        return feed.changes(since, until) instanceof FeedSpan.Known span
                && (span.globalKinds() & ChangeKind.ACCOUNT_DATA) == 0;
    }

    private PersonalSettings read(int user, long until) {
        UserPushRules rules =
                content(user, PUSH_RULES).isEmpty()
                        ? UserPushRules.NONE
                        : UserPushRules.parse(content(user, PUSH_RULES));
        Set<String> ignored = IgnoredUsers.named(content(user, IgnoredUsers.TYPE));
        boolean invitesBlocked = InvitePermission.blocks(content(user, InvitePermission.TYPE));
        return new PersonalSettings(rules, ignored, invitesBlocked, until);
    }

    private JsonObject content(int user, String type) {
        return accountData
                .find(user, UserAccountData.GLOBAL, type)
                .map(AccountData::object)
                .orElse(JsonObject.EMPTY);
    }
}
