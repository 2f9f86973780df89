package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.id.UserId;
import chat.hearth.storage.AccessToken;
import chat.hearth.storage.Account;
import chat.hearth.storage.RefreshToken;
import chat.hearth.storage.RegistrationToken;
import chat.hearth.storage.StorageException;
import chat.hearth.storage.StoredAnswer;
import chat.hearth.storage.StoredMembership;
import chat.hearth.storage.TokenStore;
import chat.hearth.storage.TransactionKey;
import chat.hearth.storage.Write;
import chat.hearth.storage.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What the stores of accounts, devices and tokens give back is what was put in. Tests use users of
/// their own.
abstract class AccountStoresContract extends OnOneDatabase {
    @Test
    void theGuestsInARoomAreKnownUntilTheyLeaveOrBecomeUsers() {
        int room = 731;
        int joined = guest("@joined:example.org", room, Membership.JOIN);
        guest("@invited:example.org", room, Membership.INVITE);
        guest("@elsewhere:example.org", room + 1, Membership.JOIN);
        int second = guest("@second:example.org", room, Membership.JOIN);
        int user = guest("@user:example.org", room, Membership.JOIN);
        open.write(
                tx -> {
                    stores.accounts().changeGuest(tx, user, false);
                    return 0;
                });
        int[] asked = {user, second, joined, Integer.MAX_VALUE};
        assertArrayEquals(new int[] {joined, second}, stores.guests().among(asked));
        assertArrayEquals(new int[0], stores.guests().among(new int[0]));
        assertFalse(stores.accounts().find(user).orElseThrow().guest());
    }

    @Test
    void guestsHaveToLeaveARoomUntilTheyHaveSinceItsDoorWasClosedLast() {
        closing(tx -> stores.guests().close(tx, 741, 5));
        closing(tx -> stores.guests().close(tx, 742, 6));
        assertArrayEquals(new int[] {741, 742}, stores.guests().closed(0, 10));
        assertArrayEquals(new int[] {741}, stores.guests().closed(0, 1));
        assertArrayEquals(new int[] {742}, stores.guests().closed(741, 10));
        closing(tx -> stores.guests().close(tx, 741, 7));
        closing(tx -> stores.guests().empty(tx, 741, 5));
        assertEquals(OptionalLong.of(7), stores.guests().closedAt(741));
        closing(tx -> stores.guests().empty(tx, 741, 7));
        assertEquals(OptionalLong.empty(), stores.guests().closedAt(741));
        closing(tx -> stores.guests().empty(tx, 742, 6));
        assertArrayEquals(new int[0], stores.guests().closed(0, 10));
    }

    private void closing(Consumer<WriteTransaction> change) {
        open.write(
                tx -> {
                    change.accept(tx);
                    return 0;
                });
    }

    private int guest(String id, int room, Membership state) {
        var userId = new UserId(id);
        return open.write(
                tx -> {
                    int user = stores.identifiers().user(tx, userId);
                    var account =
                            new Account(
                                    user, userId, null, 1, false, true, false, false, false, false);
                    stores.accounts().add(tx, account);
                    stores.memberships()
                            .put(
                                    tx,
                                    new StoredMembership(
                                            room,
                                            user,
                                            state,
                                            tx.nextPosition(),
                                            user,
                                            false,
                                            null));
                    return user;
                });
    }

    @Test
    void accountsAndWhatHappensToThem() {
        UserId id = new UserId("@account:example.org");
        int user = open.write(tx -> stores.identifiers().user(tx, id));
        Account account = Account.of(user, id, "hash", 9);
        assertTrue(did(tx -> stores.accounts().add(tx, account)));
        assertFalse(did(tx -> stores.accounts().add(tx, account)));
        assertEquals(account, stores.accounts().find(id).orElseThrow());
        open.write(
                tx -> {
                    stores.accounts().changeAdmin(tx, user, true);
                    stores.accounts().changePassword(tx, user, "other");
                    stores.accounts().changeLocked(tx, user, true);
                    stores.accounts().changeSuspended(tx, user, true);
                    return 0;
                });
        assertEquals(
                new Account(user, id, "other", 9, true, false, false, false, true, true),
                stores.accounts().find(user).orElseThrow());
        open.write(
                tx -> {
                    stores.accounts().deactivate(tx, user, true);
                    return 0;
                });
        assertEquals(
                new Account(user, id, null, 9, true, false, true, true, true, true),
                stores.accounts().find(user).orElseThrow());
        assertEquals(
                List.of(stores.accounts().find(user).orElseThrow()),
                stores.accounts().all(user - 1, 1));
    }

    @Test
    void whoAsksToBeErasedIsKnownOnceThatIsDurableAndStaysSo() {
        UserId id = new UserId("@erased:example.org");
        int user = open.write(tx -> stores.identifiers().user(tx, id));
        open.write(tx -> stores.accounts().add(tx, Account.of(user, id, "hash", 9)));
        assertThrows(
                IllegalStateException.class,
                () ->
                        open.write(
                                tx -> {
                                    stores.accounts().deactivate(tx, user, true);
                                    throw new IllegalStateException("undone");
                                }));
        assertFalse(stores.accounts().isErased(user));
        open.write(
                tx -> {
                    stores.accounts().deactivate(tx, user, true);
                    return 0;
                });
        assertTrue(stores.accounts().isErased(user));
        open.write(
                tx -> {
                    stores.accounts().deactivate(tx, user, false);
                    return 0;
                });
        assertTrue(stores.accounts().isErased(user));
        assertTrue(stores.accounts().find(user).orElseThrow().erased());
        assertFalse(stores.accounts().isErased(user + 1));
    }

    @Test
    void aRemovedDeviceTakesItsTokensAlong() {
        byte[] hash = {1, 2, 3};
        int device = open.write(tx -> stores.devices().add(tx, 31, "D" + NUL, NUL, 5));
        assertEquals(device, number(tx -> stores.devices().add(tx, 31, "D" + NUL, "x", 6)));
        assertEquals(NUL, stores.devices().find(31, "D" + NUL).orElseThrow().displayName());
        TransactionKey key = new TransactionKey(device, 4, "txn" + NUL);
        long position =
                open.write(
                        tx -> {
                            stores.tokens().addAccess(tx, hash, new AccessToken(31, device, 0, 0));
                            stores.devices().rename(tx, device, null);
                            stores.devices().seen(tx, device, 99, "::1");
                            long at = tx.nextPosition();
                            stores.transactions().record(tx, key, new StoredAnswer(at, 7));
                            return at;
                        });
        assertEquals(new StoredAnswer(position, 7), stores.transactions().find(key).orElseThrow());
        assertEquals(
                "txn" + NUL,
                stores.transactions().txnIds(device, new long[] {position}).get(position));
        assertTrue(stores.transactions().txnIds(device + 1, new long[] {position}).isEmpty());
        assertThrows(
                StorageException.class,
                () ->
                        open.write(
                                tx -> {
                                    StoredAnswer other = new StoredAnswer(tx.nextPosition(), 8);
                                    stores.transactions().record(tx, key, other);
                                    return 0;
                                }));
        assertEquals("::1", stores.devices().find(device).orElseThrow().lastSeenIp());
        open.write(
                tx -> {
                    stores.devices().remove(tx, device);
                    return 0;
                });
        assertTrue(stores.devices().ofUser(31, 10).isEmpty());
        assertTrue(stores.tokens().findAccess(hash).isEmpty());
        int next = open.write(tx -> stores.devices().add(tx, 31, "D" + NUL, null, 5));
        assertTrue(next > device, "numbers are not used again");
    }

    @Test
    void theOldestTransactionsAreRemoved() {
        TransactionKey old = new TransactionKey(1_001, 1, "old");
        TransactionKey recent = new TransactionKey(1_001, 1, "new");
        open.write(
                tx -> {
                    stores.transactions().record(tx, old, new StoredAnswer(tx.nextPosition(), 1));
                    stores.transactions()
                            .record(tx, recent, new StoredAnswer(tx.nextPosition(), 1_000));
                    return 0;
                });
        open.write(tx -> stores.transactions().removeOlder(tx, 500, 1_000));
        assertTrue(stores.transactions().find(old).isEmpty());
        assertTrue(stores.transactions().find(recent).isPresent());
    }

    @Test
    void anExchangedRefreshTokenStaysKnownOnceItIsUsedUp() {
        int device = open.write(tx -> stores.devices().add(tx, 33, "R", null, 5));
        for (int n = 0; n <= TokenStore.USED_KEPT + 1; n++) {
            byte[] hash = {20, (byte) n};
            int generation = n;
            open.write(
                    tx -> {
                        stores.tokens()
                                .addRefresh(
                                        tx, hash, RefreshToken.fresh(33, device, generation, 0));
                        stores.tokens().retireBefore(tx, device, generation);
                        return 0;
                    });
            assertFalse(stores.tokens().findRefresh(hash).orElseThrow().usedUp());
            assertEquals(generation + 1, number(tx -> stores.tokens().exchange(tx, hash, device)));
            assertFalse(stores.tokens().findRefresh(hash).orElseThrow().usedUp());
        }
        assertTrue(stores.tokens().findRefresh(new byte[] {20, 0}).isEmpty());
        assertTrue(stores.tokens().findRefresh(new byte[] {20, 1}).orElseThrow().usedUp());
    }

    @Test
    void tokensOfEarlierGenerationsRetire() {
        byte[] first = {10};
        byte[] second = {11};
        byte[] login = {12};
        int device = open.write(tx -> stores.devices().add(tx, 32, "T", null, 5));
        open.write(
                tx -> {
                    stores.tokens().addAccess(tx, first, new AccessToken(32, device, 0, 50));
                    stores.tokens().addRefresh(tx, first, RefreshToken.fresh(32, device, 0, 0));
                    stores.tokens().addAccess(tx, second, new AccessToken(32, device, 1, 0));
                    stores.tokens().addRefresh(tx, second, RefreshToken.fresh(32, device, 1, 0));
                    stores.tokens().addLogin(tx, login, 32, 1_000);
                    return 0;
                });
        assertEquals(2, number(tx -> stores.tokens().retireBefore(tx, device, 1)));
        assertTrue(stores.tokens().findAccess(first).isEmpty());
        assertEquals(
                RefreshToken.fresh(32, device, 1, 0),
                stores.tokens().findRefresh(second).orElseThrow());
        assertTrue(open.write(tx -> stores.tokens().takeLogin(tx, first, 1)).isEmpty());
        assertEquals(OptionalInt.of(32), open.write(tx -> stores.tokens().takeLogin(tx, login, 1)));
        assertTrue(open.write(tx -> stores.tokens().takeLogin(tx, login, 1)).isEmpty());
        open.write(
                tx -> {
                    stores.tokens().addAccess(tx, first, new AccessToken(32, device, 1, 50));
                    return 0;
                });
        assertEquals(1, number(tx -> stores.tokens().removeExpired(tx, 51, 10)));
        open.write(
                tx -> {
                    stores.tokens().removeOfUser(tx, 32);
                    return 0;
                });
        assertTrue(stores.tokens().findAccess(second).isEmpty());
    }

    @Test
    void registrationTokensAreUsedUp() {
        RegistrationToken token = new RegistrationToken("tok", OptionalInt.of(1), 0, 0, 100);
        assertTrue(did(tx -> stores.registrationTokens().add(tx, token)));
        assertFalse(did(tx -> stores.registrationTokens().add(tx, token)));
        assertFalse(reserve("tok", 100), "expired");
        assertTrue(reserve("tok", 99));
        assertFalse(reserve("tok", 99), "in use");
        open.write(
                tx -> {
                    stores.registrationTokens().release(tx, "tok", false);
                    return 0;
                });
        assertTrue(reserve("tok", 99), "given back");
        open.write(
                tx -> {
                    stores.registrationTokens().release(tx, "tok", true);
                    return 0;
                });
        assertFalse(reserve("tok", 99), "used up");
        RegistrationToken open2 = new RegistrationToken("tok", OptionalInt.empty(), 0, 0, 0);
        assertTrue(did(tx -> stores.registrationTokens().change(tx, open2)));
        assertEquals(
                List.of(new RegistrationToken("tok", OptionalInt.empty(), 0, 1, 0)),
                stores.registrationTokens().all("", 10));
        assertTrue(did(tx -> stores.registrationTokens().remove(tx, "tok")));
    }

    @Test
    void equalFiltersShareANumber() {
        byte[] one = "{}".getBytes(StandardCharsets.UTF_8);
        byte[] two = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        int first = number(tx -> stores.filters().add(tx, 8, one, 2).orElseThrow());
        assertEquals(first, number(tx -> stores.filters().add(tx, 8, one, 2).orElseThrow()));
        int second = number(tx -> stores.filters().add(tx, 8, two, 2).orElseThrow());
        assertArrayEquals(two, stores.filters().find(8, second).orElseThrow());
        assertTrue(stores.filters().find(9, second).isEmpty());
        assertEquals(2, stores.filters().count(8));
        assertEquals(OptionalInt.of(second), stores.filters().findEqual(8, two));
        assertEquals(OptionalInt.empty(), stores.filters().findEqual(9, two));
    }

    @Test
    void aFilterTooManyIsNotKeptAndAnEqualOneIsFoundAllTheSame() {
        byte[] one = "{}".getBytes(StandardCharsets.UTF_8);
        byte[] two = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        int first = number(tx -> stores.filters().add(tx, 18, one, 1).orElseThrow());
        assertTrue(did(tx -> stores.filters().add(tx, 18, two, 1).isEmpty()));
        assertEquals(first, number(tx -> stores.filters().add(tx, 18, one, 1).orElseThrow()));
        assertEquals(1, stores.filters().count(18));
    }

    /// [OpenDatabase#write] with a type that the assertions can tell apart.
    private boolean did(Write<Boolean> write) {
        return open.write(write);
    }

    private int number(Write<Integer> write) {
        return open.write(write);
    }

    private boolean reserve(String token, long now) {
        return open.write(tx -> stores.registrationTokens().reserve(tx, token, now));
    }
}
