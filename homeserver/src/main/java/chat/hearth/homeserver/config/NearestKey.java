package chat.hearth.homeserver.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Finds the key that a person most likely meant.
final class NearestKey {
    private NearestKey() {}

    /// The known key nearest to `written`, if one is near enough to be what was meant: the same
    /// last part in another section, or a few letters off.
    static Optional<String> of(String written, List<String> known) {
        Optional<String> nearest =
                known.stream().min(Comparator.comparingInt(key -> distance(written, key)));
        if (nearest.isPresent() && distance(written, nearest.get()) <= tolerance(written)) {
            return nearest;
        }
        String name = lastPart(written);
        return known.stream()
                .filter(key -> distance(name, lastPart(key)) <= tolerance(name))
                .min(Comparator.comparingInt(key -> distance(name, lastPart(key))));
    }

    private static int tolerance(String text) {
        return Math.max(1, text.length() / 4);
    }

    private static String lastPart(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /// Letters to insert, delete or replace to get from `a` to `b`.
    static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
