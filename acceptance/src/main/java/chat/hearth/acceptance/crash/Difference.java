package chat.hearth.acceptance.crash;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Tells how what a client was shown differs from what the room holds.
final class Difference {

    private Difference() {}

    /// A sentence for two lists that are not equal; it begins with `what`.
    static String between(String what, List<String> stored, List<String> shown) {
        Set<String> once = new HashSet<>(shown);
        long skipped = stored.stream().filter(id -> !once.contains(id)).count();
        int repeated = shown.size() - once.size();
        Set<String> inRoom = new HashSet<>(stored);
        long strange = once.stream().filter(id -> !inRoom.contains(id)).count();
        int at = 0;
        while (at < Math.min(stored.size(), shown.size()) && stored.get(at).equals(shown.get(at))) {
            at++;
        }
        return "%s: %d of %d skipped, %d repeated, %d that the room does not hold, first at %d"
                .formatted(what, skipped, stored.size(), repeated, strange, at);
    }
}
