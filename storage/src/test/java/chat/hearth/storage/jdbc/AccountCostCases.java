package chat.hearth.storage.jdbc;

import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.UserId;
import chat.hearth.storage.AccessToken;
import chat.hearth.storage.Account;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.ProfileField;
import chat.hearth.storage.RefreshToken;
import chat.hearth.storage.RegistrationToken;
import chat.hearth.storage.StoredAnswer;
import chat.hearth.storage.StoredPresence;
import chat.hearth.storage.TransactionKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/// What is asked about accounts of a database of [CostTables], see [CostCases].
final class AccountCostCases {
    private final Map<String, CostCases.Case> cases = new LinkedHashMap<>();

    private AccountCostCases() {}

    static Map<String, CostCases.Case> all() {
        var all = new AccountCostCases();
        all.personal();
        all.accounts();
        all.tokens();
        all.housekeeping();
        return all.cases;
    }

    private void personal() {
        add(
                "put account data",
                (s, tx, at) ->
                        s.accountData()
                                .put(
                                        tx,
                                        new AccountData(
                                                at.busy(),
                                                0,
                                                CostCases.READ,
                                                CostCases.FAR,
                                                CostCases.bytes(1))));
        add("account data", (s, _, at) -> s.accountData().find(at.busy(), 0, "type.1"));
        add("account data of a room", (s, _, at) -> s.accountData().of(at.busy(), at.hot(), 10));
        add(
                "outlines of account data",
                (s, _, at) -> s.accountData().outlines(at.busy(), at.hot(), 10));
        add(
                "account data moved",
                (s, _, at) -> s.accountData().changed(at.busy(), at.recent(), CostCases.FAR, 99));
        add(
                "some account data",
                (s, _, at) -> s.accountData().changed(at.busy(), 0, CostCases.FAR, 10));
        add(
                "add filter",
                (s, tx, at) ->
                        s.filters().add(tx, at.busy(), CostCases.bytes(CostCases.FAR), 99_999_999));
        add(
                "equal filter",
                (s, _, at) -> s.filters().findEqual(at.busy(), CostCases.bytes(CostCases.FAR)));
        add("filter", (s, _, at) -> s.filters().find(at.busy(), 5));
        add("count filters", (s, _, at) -> s.filters().count(at.busy()));
        add("remove account data", (s, tx, at) -> s.accountData().removeOfUser(tx, at.busy(), 10));
        add("remove receipts", (s, tx, at) -> s.receipts().removeOfUser(tx, at.busy(), 10));
        add("remove highlights", (s, tx, at) -> s.highlights().removeOfUser(tx, at.busy(), 10));
        add("remove filters", (s, tx, at) -> s.filters().removeOfUser(tx, at.busy(), 10));
        add(
                "put presence",
                (s, tx, at) ->
                        s.presence()
                                .put(
                                        tx,
                                        new StoredPresence(
                                                at.busy(), "x", null, 1, CostCases.FAR)));
        add("remove presence", (s, tx, at) -> s.presence().remove(tx, at.busy()));
        add("latest presence", (s, _, _) -> s.presence().latest(10));
        add(
                "put profile",
                (s, tx, at) ->
                        s.profiles()
                                .put(
                                        tx,
                                        new ProfileField(
                                                at.busy(),
                                                "x",
                                                CostCases.bytes(1),
                                                CostCases.FAR)));
        add("remove profile", (s, tx, at) -> s.profiles().remove(tx, at.busy(), "displayname"));
        add("clear profile", (s, tx, at) -> s.profiles().clear(tx, at.busy()));
        add("profile field", (s, _, at) -> s.profiles().find(at.busy(), "displayname"));
        add("profile", (s, _, at) -> s.profiles().of(at.busy(), 10));
        add("pending profiles", (s, _, _) -> s.profiles().pending(0, 100));
    }

    private void accounts() {
        add(
                "add account",
                (s, tx, _) -> s.accounts().add(tx, Account.of(2, CostCases.userId(2), "hash", 1)));
        add("account by id", (s, _, at) -> s.accounts().find(CostCases.userId(at.busy())));
        add("account by number", (s, _, at) -> s.accounts().find(at.busy()));
        add("accounts", (s, _, _) -> s.accounts().all(0, 10));
        add("set password", (s, tx, at) -> s.accounts().changePassword(tx, at.busy(), "other"));
        add("deactivate", (s, tx, at) -> s.accounts().deactivate(tx, at.busy(), true));
        add("admin", (s, tx, at) -> s.accounts().changeAdmin(tx, at.busy(), true));
        add("lock", (s, tx, at) -> s.accounts().changeLocked(tx, at.busy(), true));
        add("suspend", (s, tx, at) -> s.accounts().changeSuspended(tx, at.busy(), true));
        add("guest", (s, tx, at) -> s.accounts().changeGuest(tx, at.busy(), false));
        add("user", (s, tx, _) -> s.identifiers().user(tx, new UserId("@new:example.org")));
        add("users by number", (s, _, at) -> s.identifiers().users(new int[] {5, at.busy()}));
        add("room id", (s, _, at) -> s.identifiers().room(at.hot()));
        add("room number", (s, _, at) -> s.identifiers().findRoom(CostCases.roomId(at.hot())));
        add("state key", (s, tx, _) -> s.identifiers().stateKey(tx, new StateKey("new", "key")));
        add("state keys", (s, _, at) -> s.identifiers().stateKeys(new int[] {5, at.busy()}));
        add("find device", (s, _, at) -> s.devices().find(at.busy(), "D" + (2 * at.n() + 5)));
        add("device", (s, _, _) -> s.devices().find(5));
        add("devices of a user", (s, _, at) -> s.devices().ofUser(at.busy(), 10));
        add("some devices", (s, _, at) -> s.devices().ofUser(at.joiner(), 10));
        add("add device", (s, tx, at) -> s.devices().add(tx, at.busy(), "NEW", null, 1));
        add("rename device", (s, tx, _) -> s.devices().rename(tx, 5, "new"));
        add("device seen", (s, tx, _) -> s.devices().seen(tx, 5, 1, "::1"));
        add("remove other devices", (s, tx, at) -> s.devices().removeOthers(tx, at.busy(), 5));
        add("no excess of devices", (s, _, at) -> s.devices().excess(at.busy(), 20, 10));
        add("excess of devices", (s, _, at) -> s.devices().excess(at.busy(), 5, 10));
        add("remove device", (s, tx, _) -> s.devices().remove(tx, 5));
    }

    private void tokens() {
        add(
                "add access token",
                (s, tx, _) ->
                        s.tokens()
                                .addAccess(
                                        tx,
                                        CostCases.bytes(CostCases.FAR),
                                        new AccessToken(1, 1, 2, 0)));
        add("access token", (s, _, _) -> s.tokens().findAccess(CostCases.bytes(5)));
        add(
                "add refresh token",
                (s, tx, _) ->
                        s.tokens()
                                .addRefresh(
                                        tx,
                                        CostCases.bytes(CostCases.FAR),
                                        RefreshToken.fresh(1, 1, 2, 0)));
        add("refresh token", (s, _, _) -> s.tokens().findRefresh(CostCases.bytes(5)));
        add("exchange", (s, tx, _) -> s.tokens().exchange(tx, CostCases.bytes(5), 5));
        add("retire", (s, tx, _) -> s.tokens().retireBefore(tx, 5, 2));
        add("remove of device", (s, tx, _) -> s.tokens().removeOfDevice(tx, 5));
        add("remove of user", (s, tx, at) -> s.tokens().removeOfUser(tx, at.busy()));
        add(
                "add log-in token",
                (s, tx, at) ->
                        s.tokens().addLogin(tx, CostCases.bytes(CostCases.FAR), at.busy(), 1));
        add(
                "take log-in token",
                (s, tx, at) -> s.tokens().takeLogin(tx, CostCases.bytes(at.busy()), 1));
        add("remove log-ins", (s, tx, at) -> s.tokens().removeLoginsOfUser(tx, at.busy()));
        add("registration token", (s, _, _) -> s.registrationTokens().find("token5"));
        add("registration tokens", (s, _, _) -> s.registrationTokens().all("token", 10));
        add(
                "add registration token",
                (s, tx, _) -> s.registrationTokens().add(tx, registration("new")));
        add(
                "change registration token",
                (s, tx, _) -> s.registrationTokens().change(tx, registration("token5")));
        add("reserve", (s, tx, _) -> s.registrationTokens().reserve(tx, "token5", 1));
        add("release", (s, tx, _) -> s.registrationTokens().release(tx, "token5", true));
        add("remove token", (s, tx, _) -> s.registrationTokens().remove(tx, "token5"));
    }

    private void housekeeping() {
        add("remove expired", (s, tx, _) -> s.tokens().removeExpired(tx, 1_000, 100));
        add("remove some expired", (s, tx, _) -> s.tokens().removeExpired(tx, 1_000, 5));
        add("remove old answers", (s, tx, _) -> s.transactions().removeOlder(tx, 11, 50));
        add(
                "remove some old answers",
                (s, tx, _) -> s.transactions().removeOlder(tx, CostCases.FAR, 10));
        add(
                "record answer",
                (s, tx, _) ->
                        s.transactions()
                                .record(
                                        tx,
                                        new TransactionKey(1, 1, "new"),
                                        new StoredAnswer(CostCases.FAR, 1)));
        add("answer", (s, _, _) -> s.transactions().find(new TransactionKey(5, 1, "same")));
        add("transaction ids", (s, _, at) -> s.transactions().txnIds(5, CostCases.some(at)));
    }

    private void add(String name, CostCases.Case asked) {
        cases.put(name, asked);
    }

    private static RegistrationToken registration(String token) {
        return new RegistrationToken(token, OptionalInt.empty(), 0, 0, 0);
    }
}
