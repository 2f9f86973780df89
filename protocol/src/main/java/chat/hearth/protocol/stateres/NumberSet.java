package chat.hearth.protocol.stateres;

import java.util.Arrays;

/// A growing set of event numbers that remembers the order in which they came, so that a walk can
/// use it as its list of work, too. Not safe for use by several threads.
final class NumberSet {
    private static final int INITIAL_CAPACITY = 32;

    /// 2^64 divided by the golden ratio, which spreads neighbouring numbers.
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    private long[] numbers = new long[INITIAL_CAPACITY];
    private long[] slots = new long[2 * INITIAL_CAPACITY];
    private int size;

    /// Adds a number, not [StateMap#NONE]; says whether it is new.
    boolean add(long number) {
        int slot = slot(number);
        if (slots[slot] == number) {
            return false;
        }
        slots[slot] = number;
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
        if (2 * size > slots.length) {
            spread();
        }
        return true;
    }

    /// How many there are.
    int size() {
        return size;
    }

    /// The number that came as the `index`-th, from 0.
    long at(int index) {
        return numbers[index];
    }

    /// All of them in ascending order.
    long[] sorted() {
        long[] sorted = Arrays.copyOf(numbers, size);
        Arrays.sort(sorted);
        return sorted;
    }

    private int slot(long number) {
        int slot = (int) (number * MULTIPLIER >>> 32) & (slots.length - 1);
        while (slots[slot] != StateMap.NONE && slots[slot] != number) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    private void spread() {
        slots = new long[2 * slots.length];
        for (int i = 0; i < size; i++) {
            slots[slot(numbers[i])] = numbers[i];
        }
    }
}
