package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.protocol.id.UserId;
import chat.hearth.storage.AccessToken;
import chat.hearth.storage.AccountData;
import chat.hearth.storage.Device;
import chat.hearth.storage.Highlight;
import chat.hearth.storage.Receipt;
import chat.hearth.storage.Write;
import chat.hearth.storage.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is removed of a user is removed whole, whatever lists of it are cut at. Tests use users of
/// their own.
abstract class RemovalContract extends OnOneDatabase {
    private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);

    /// Makes a user with devices that have one token each, and answers the user's number.
    private int userWithDevices(String name, int count) {
        return open.write(
                tx -> {
                    int user = stores.identifiers().user(tx, new UserId("@" + name + ":a.example"));
                    for (int i = 0; i < count; i++) {
                        int device = stores.devices().add(tx, user, name + i, null, 100 + i);
                        stores.tokens()
                                .addAccess(tx, hash(name + i), new AccessToken(user, device, 0, 0));
                    }
                    return user;
                });
    }

    private int removed(Write<Integer> removal) {
        return open.write(removal);
    }

    private static byte[] hash(String token) {
        return token.getBytes(StandardCharsets.UTF_8);
    }

    private boolean isLoggedIn(String device) {
        return stores.tokens().findAccess(hash(device)).isPresent();
    }

    private List<String> ids(List<Device> devices) {
        return devices.stream().map(Device::deviceId).toList();
    }

    @Test
    void allDevicesButOneAreRemovedHoweverManyThereAre() {
        int other = userWithDevices("neighbour", 1);
        int user = userWithDevices("many", 10_001);
        int kept = stores.devices().find(user, "many3").orElseThrow().device();
        assertEquals(10_000, removed(tx -> stores.devices().removeOthers(tx, user, kept)));
        assertEquals(List.of("many3"), ids(stores.devices().ofUser(user, 20_000)));
        assertTrue(isLoggedIn("many3"));
        assertEquals(List.of(false, false), List.of(isLoggedIn("many0"), isLoggedIn("many10000")));
        assertEquals(1, removed(tx -> stores.devices().removeOthers(tx, user, 0)));
        assertEquals(0, removed(tx -> stores.devices().removeOthers(tx, user, 0)));
        assertEquals(1, stores.devices().ofUser(other, 10).size());
        assertTrue(isLoggedIn("neighbour0"));
    }

    @Test
    void theDevicesBeyondALimitAreThoseNotSeenForLongest() {
        int user = userWithDevices("seen", 5);
        int seen = stores.devices().find(user, "seen0").orElseThrow().device();
        open.write(
                tx -> {
                    stores.devices().seen(tx, seen, 1_000, "::1");
                    return 0;
                });
        assertEquals(List.of("seen2", "seen1"), ids(stores.devices().excess(user, 3, 10)));
        assertEquals(List.of("seen2"), ids(stores.devices().excess(user, 3, 1)));
        assertEquals(List.of(), stores.devices().excess(user, 5, 10));
    }

    @Test
    void accountDataIsRemovedInBatchesUntilNothingIsLeft() {
        int user = 4_001;
        open.write(
                tx -> {
                    for (int room = 0; room < 5; room++) {
                        put(tx, user, room);
                    }
                    put(tx, user + 1, 0);
                    return 0;
                });
        assertEquals(3, removed(tx -> stores.accountData().removeOfUser(tx, user, 3)));
        assertEquals(2, removed(tx -> stores.accountData().removeOfUser(tx, user, 3)));
        assertEquals(List.of(), stores.accountData().changed(user, 0, Long.MAX_VALUE, 10));
        assertEquals(1, stores.accountData().of(user + 1, 0, 10).size());
    }

    private void put(WriteTransaction tx, int user, int room) {
        stores.accountData()
                .put(tx, new AccountData(user, room, "org.example", tx.nextPosition(), JSON));
    }

    @Test
    void filtersAreRemovedInBatchesUntilNothingIsLeft() {
        int user = 4_003;
        open.write(
                tx -> {
                    for (byte i = 0; i < 5; i++) {
                        stores.filters().add(tx, user, new byte[] {i}, 10);
                    }
                    return stores.filters().add(tx, user + 1, JSON, 10).orElseThrow();
                });
        assertEquals(3, removed(tx -> stores.filters().removeOfUser(tx, user, 3)));
        assertEquals(2, removed(tx -> stores.filters().removeOfUser(tx, user, 3)));
        assertEquals(0, stores.filters().count(user));
        assertEquals(1, stores.filters().count(user + 1));
    }

    @Test
    void receiptsAreRemovedInBatchesUntilNothingIsLeft() {
        int user = 4_005;
        int[] rooms = {1, 2};
        open.write(
                tx -> {
                    for (int room : rooms) {
                        receipt(tx, user, room, "m.read", "");
                        receipt(tx, user, room, "m.read", "$thread");
                        receipt(tx, user, room, "m.read.private", "");
                        receipt(tx, user + 1, room, "m.read", "");
                    }
                    return 0;
                });
        assertEquals(4, removed(tx -> stores.receipts().removeOfUser(tx, user, 4)));
        assertEquals(2, removed(tx -> stores.receipts().removeOfUser(tx, user, 4)));
        assertEquals(0, removed(tx -> stores.receipts().removeOfUser(tx, user, 4)));
        assertEquals(List.of(), stores.receipts().ofUser(rooms, user, 10));
        assertEquals(2, stores.receipts().ofUser(rooms, user + 1, 10).size());
    }

    private void receipt(WriteTransaction tx, int user, int room, String type, String thread) {
        stores.receipts().put(tx, new Receipt(room, user, type, thread, 1, 1, tx.nextPosition()));
    }

    @Test
    void highlightsAreRemovedInBatchesUntilNothingIsLeft() {
        int user = 4_007;
        open.write(
                tx -> {
                    for (int i = 1; i <= 5; i++) {
                        stores.highlights().add(tx, new Highlight(user, i % 2, i, 0));
                        stores.highlights().add(tx, new Highlight(user + 1, 1, i, 0));
                    }
                    return 0;
                });
        assertEquals(3, removed(tx -> stores.highlights().removeOfUser(tx, user, 3)));
        assertEquals(2, removed(tx -> stores.highlights().removeOfUser(tx, user, 3)));
        assertEquals(0, removed(tx -> stores.highlights().removeOfUser(tx, user, 3)));
        assertEquals(List.of(), stores.highlights().of(user, 0, 0, 10));
        assertEquals(List.of(), stores.highlights().of(user, 1, 0, 10));
        assertEquals(5, stores.highlights().of(user + 1, 1, 0, 10).size());
    }
}
