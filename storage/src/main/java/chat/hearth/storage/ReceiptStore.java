package chat.hearth.storage;

import java.util.List;
import java.util.Optional;

/// How far who has read.
///
/// See [Receipts](https://spec.matrix.org/v1.19/client-server-api/#receipts).
public interface ReceiptStore {
    /// Sets the receipt of a user, room, type and thread.
    void put(WriteTransaction tx, Receipt receipt);

    /// One receipt.
    Optional<Receipt> find(int room, int user, String type, String thread);

    /// All receipts of a user in a room, of every type and thread.
    List<Receipt> ofUser(int room, int user, int limit);

    /// All receipts of a user in several rooms, by room.
    List<Receipt> ofUser(int[] rooms, int user, int limit);

    /// Receipts of several rooms that moved in a span of the stream: all of a reader's own, and
    /// those of one type of the others; room by room, the reader's own first, then newest first.
    ///
    /// @param type the type that everybody sees
    List<Receipt> changedFor(
            int[] rooms, int reader, String type, long after, long upTo, int limit);

    /// The rooms among `rooms` where a receipt moved in a span of the stream that a reader is told
    /// of, ascending: one of the reader's own, or one of a type that everybody sees.
    int[] active(int[] rooms, int reader, String type, long after, long upTo);

    /// Removes some of a user's receipts, in whichever rooms.
    ///
    /// @param limit how many at most
    /// @return how many were removed, 0 when there are none
    int removeOfUser(WriteTransaction tx, int user, int limit);
}
