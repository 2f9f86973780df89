package chat.hearth.storage.jdbc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.storage.ProfileField;
import chat.hearth.storage.ProfileStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Profiles come back as they were stored, whole, by field, and by what waits to reach rooms. Tests
/// use users of their own.
abstract class ProfileStoreContract extends OnOneDatabase {
    @Test
    void whoseProfileIsPendingIsFoundInOrder() {
        byte[] note = {'1'};
        open.write(
                tx -> {
                    for (int user : new int[] {93, 91, 92}) {
                        stores.profiles().put(tx, new ProfileField(user, "displayname", note, 1));
                        stores.profiles()
                                .put(tx, new ProfileField(user, ProfileStore.PENDING, note, user));
                    }
                    stores.profiles().put(tx, new ProfileField(94, "displayname", note, 1));
                    return stores.profiles().remove(tx, 92, ProfileStore.PENDING);
                });
        assertEquals(List.of(91, 93), pending(90, 10));
        assertEquals(List.of(91), pending(90, 1));
        assertEquals(List.of(93), pending(91, 10));
    }

    private List<Integer> pending(int after, int limit) {
        return stores.profiles().pending(after, limit).stream().map(ProfileField::user).toList();
    }

    @Test
    void profilesByField() {
        byte[] name = "\"Al\"".getBytes(StandardCharsets.UTF_8);
        open.write(
                tx -> {
                    stores.profiles().put(tx, new ProfileField(40, "displayname", name, 1));
                    stores.profiles().put(tx, new ProfileField(40, NUL, name, 2));
                    return 0;
                });
        assertArrayEquals(name, stores.profiles().find(40, "displayname").orElseThrow().value());
        assertEquals(
                List.of(NUL, "displayname"),
                stores.profiles().of(40, 10).stream().map(ProfileField::field).toList());
        boolean removed = open.write(tx -> stores.profiles().remove(tx, 40, NUL));
        assertTrue(removed);
        open.write(
                tx -> {
                    stores.profiles().clear(tx, 40);
                    return 0;
                });
        assertTrue(stores.profiles().of(40, 10).isEmpty());
    }
}
