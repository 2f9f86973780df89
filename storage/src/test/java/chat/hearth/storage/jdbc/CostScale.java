package chat.hearth.storage.jdbc;

import java.util.Optional;

/// How large a database is, and the numbers of what lies in it; all are in its midst, so that
/// neither end of an index is near.
///
/// @param n how many there are of everything
record CostScale(int n) {
    /// The room with `n` events and members, of which ten are joined.
    int hot() {
        return n / 2;
    }

    /// The room that everybody has joined.
    int big() {
        return n / 2 + 1;
    }

    /// The room whose ten events are the first of all.
    int quiet() {
        return n / 2 + 2;
    }

    /// The room whose ten events are the last of all.
    int late() {
        return n / 2 + 3;
    }

    /// The room with `n` events of which half are in one thread and one in four is redacted. It has
    /// `n` threads, and as many events that are highlighted to everybody.
    int lively() {
        return n / 2 + 4;
    }

    /// The position before the first event of [#lively].
    long calm() {
        return 2L * n + 20;
    }

    /// The user who has been in all rooms, and is in the last ten.
    int busy() {
        return n / 2;
    }

    /// The user who is in all rooms and has `n` devices.
    int joiner() {
        return n / 2 + 1;
    }

    /// The user who is in nine rooms, one of them the room that everybody has joined.
    int few() {
        return n / 2 + 2;
    }

    /// The last position of an event.
    long last() {
        return 3L * n + 30;
    }

    /// After this position, ten of each room's receipts of one type moved, and nothing else did.
    long recent() {
        return 9L * n;
    }

    /// A number by its name in the texts of [CostTables].
    Optional<Long> number(String name) {
        return switch (name) {
            case "n" -> Optional.of((long) n);
            case "hot" -> Optional.of((long) hot());
            case "big" -> Optional.of((long) big());
            case "quiet" -> Optional.of((long) quiet());
            case "late" -> Optional.of((long) late());
            case "lively" -> Optional.of((long) lively());
            case "calm" -> Optional.of(calm());
            case "busy" -> Optional.of((long) busy());
            case "joiner" -> Optional.of((long) joiner());
            case "few" -> Optional.of((long) few());
            case "last" -> Optional.of(last());
            case "message" -> Optional.of(n + 1L);
            case "read" -> Optional.of(n + 2L);
            case "private" -> Optional.of(n + 3L);
            case "thread" -> Optional.of(n + 4L);
            case "annotation" -> Optional.of(n + 5L);
            case "reaction" -> Optional.of(n + 6L);
            default -> Optional.empty();
        };
    }
}
