package chat.hearth.homeserver.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.storage.FilterStore;
import chat.hearth.storage.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Filters are remembered, but not more of them than a bound in bytes allows.
final class SyncFiltersTest {
    private static final int LONG = 60 * 1024;

    /// Any user has any number of filters, no two of them equal.
    private static final class Filters implements FilterStore {
        private final int length;
        private int reads;

        private Filters(int length) {
            this.length = length;
        }

        @Override
        public OptionalInt add(WriteTransaction tx, int user, byte[] json, int max) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OptionalInt findEqual(int user, byte[] json) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<byte[]> find(int user, int filter) {
            reads++;
            return Optional.of(json(user + "/" + filter, length).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int removeOfUser(WriteTransaction tx, int user, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int count(int user) {
            return 1;
        }
    }

    private static String json(String name, int length) {
        String type = name + "x".repeat(Math.max(0, length - name.length()));
        return "{\"room\":{\"timeline\":{\"types\":[\"%s\"]}}}".formatted(type);
    }

    @Test
    void aStoredFilterIsReadOnceAndEqualOnesAreOne() {
        var store = new Filters(0);
        var filters = new SyncFilters(store);

        assertSame(filters.resolve(1, "1"), filters.resolve(1, "1"));
        assertEquals(1, store.reads);
        assertSame(filters.resolve(1, "1"), filters.resolve(2, json("1/1", 0)));
    }

    @Test
    void filtersAreForgottenWhenTheyAreTooLongTogether() {
        var store = new Filters(LONG);
        var filters = new SyncFilters(store);
        int more = (int) (2 * SyncFilters.BYTES_MAX / LONG);
        for (int i = 0; i < more; i++) {
            filters.resolve(i, "1");
        }

        assertTrue(filters.bytes() <= SyncFilters.BYTES_MAX, "" + filters.bytes());
        for (int i = 0; i < more; i++) {
            filters.resolve(i, "1");
        }
        assertTrue(store.reads > more + more / 3, "" + store.reads);
    }

    @Test
    void aLongFilterInARequestIsForgottenAtOnce() {
        var filters = new SyncFilters(new Filters(0));
        String brief = json("a", 100);
        String wordy = json("a", LONG);

        assertSame(filters.resolve(1, brief), filters.resolve(2, brief));
        long before = filters.bytes();
        assertNotSame(filters.resolve(1, wordy), filters.resolve(2, wordy));
        assertEquals(before, filters.bytes());
        assertEquals(filters.resolve(1, wordy), filters.resolve(2, wordy));
    }
}
